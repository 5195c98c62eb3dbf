-- One row per document that another one names, with the relation between them.
CREATE TABLE core.citation (
    document_id TEXT NOT NULL, cited_number TEXT NOT NULL, cited_date DATE,
    relation TEXT NOT NULL CHECK (relation IN ('basis','carries_out','guided_by','replaces','amends','mentions')),
    cited_document_id TEXT, is_expired BOOLEAN, section TEXT, passage_id TEXT, source_id TEXT NOT NULL, row_number INTEGER
);
COMMENT ON TABLE core.citation IS 'One row per document that another one names, with the relation between them.';
