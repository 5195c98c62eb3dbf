-- One row per input file of the snapshot.
CREATE TABLE core.source (
    source_id TEXT PRIMARY KEY, file TEXT NOT NULL, is_declared BOOLEAN NOT NULL,
    is_synthetic BOOLEAN NOT NULL, -- made up; one such source marks every page and export of the snapshot
    title TEXT, title_en TEXT, producer TEXT, address TEXT, licence TEXT,
    cannot_tell TEXT, cannot_tell_en TEXT,
    received_date DATE, sha256 TEXT NOT NULL, row_count INTEGER NOT NULL CHECK (row_count >= 0)
);
COMMENT ON TABLE core.source IS 'One row per input file of the snapshot.';
