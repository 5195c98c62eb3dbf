-- How many rows has each core table of a snapshot? One row per table.
SELECT table_name, estimated_size::BIGINT AS row_count
FROM duckdb_tables()
WHERE schema_name = 'core'
ORDER BY table_name
