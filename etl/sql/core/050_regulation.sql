-- One row per provincial regulation document known.
CREATE TABLE core.regulation (
    document_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    passage_id TEXT, corrected_by TEXT,
    legal_base TEXT NOT NULL CHECK (legal_base IN ('decree72_circular22','decree72','decision79_2010','foreign_affairs_general','unknown')),
    replaces TEXT, replaced_by TEXT
);
COMMENT ON TABLE core.regulation IS 'One row per provincial regulation document known.';
