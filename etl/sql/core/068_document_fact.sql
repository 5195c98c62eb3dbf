-- One row per fact read in one of the kept documents.
CREATE TABLE core.document_fact (
    document_id TEXT NOT NULL, fact TEXT NOT NULL, value TEXT NOT NULL, section TEXT, PRIMARY KEY (document_id, fact, value)
);
COMMENT ON TABLE core.document_fact IS 'One row per fact read in one of the kept documents.';
