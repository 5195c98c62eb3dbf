-- One row: the run that built this snapshot.
CREATE TABLE core.load_run (
    snapshot TEXT PRIMARY KEY, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, as_of_date DATE NOT NULL,
    schema_version INTEGER NOT NULL, input_fingerprint TEXT NOT NULL, rows_loaded INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL, contradictions INTEGER NOT NULL
);
COMMENT ON TABLE core.load_run IS 'One row: the run that built this snapshot.';
