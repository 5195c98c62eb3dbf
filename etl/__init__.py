"""ETL: letters, plans and tables → a published DuckDB snapshot; `python -m etl` is its command."""
