"""A complete, made-up data folder for tests, benchmarks and screenshots; never the default data."""
