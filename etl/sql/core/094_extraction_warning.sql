-- One row per doubt of the extraction about one document.
CREATE TABLE core.extraction_warning (
    document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    passage_id TEXT, PRIMARY KEY (document_id, ordinal)
);
COMMENT ON TABLE core.extraction_warning IS 'One row per doubt of the extraction about one document.';
