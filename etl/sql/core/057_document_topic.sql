-- One row per (document, topic of the register, border route): what a document treats.
CREATE TABLE core.document_topic (
    document_id TEXT NOT NULL, topic TEXT NOT NULL, border_route TEXT NOT NULL, section TEXT,
    passage_id TEXT, corrected_by TEXT, PRIMARY KEY (document_id, topic, border_route)
);
COMMENT ON TABLE core.document_topic IS 'One row per (document, topic of the register, border route): what a document treats.';
