-- One row per original that was submitted as a document, whatever became of it.
CREATE TABLE core.submitted_document (
    sha256 TEXT PRIMARY KEY, original_name TEXT NOT NULL, received_at TIMESTAMP NOT NULL,
    arrived_by TEXT NOT NULL CHECK (arrived_by IN ('ingest','upload')), person TEXT,
    state TEXT NOT NULL CHECK (state IN ('admitted','waiting','rejected','replaced','copy','unreadable')),
    document_id TEXT, reason TEXT
);
COMMENT ON TABLE core.submitted_document IS 'One row per original that was submitted as a document, whatever became of it.';
