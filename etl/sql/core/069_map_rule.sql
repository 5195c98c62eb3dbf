-- One row per legal rule on maps.
CREATE TABLE core.map_rule (
    document_number TEXT NOT NULL, issued_date DATE, effective_date DATE, issuing_body TEXT NOT NULL, article TEXT,
    subject TEXT NOT NULL, source_url TEXT
);
COMMENT ON TABLE core.map_rule IS 'One row per legal rule on maps.';
