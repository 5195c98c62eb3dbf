-- One row per total that a document announces.
CREATE TABLE core.announced_total (
    indicator TEXT NOT NULL, as_of_date DATE NOT NULL, announced_count INTEGER NOT NULL CHECK (announced_count >= 0),
    out_of INTEGER NOT NULL CHECK (out_of >= announced_count), document_id TEXT NOT NULL, section TEXT, passage_id TEXT,
    PRIMARY KEY (indicator, as_of_date, document_id)
);
COMMENT ON TABLE core.announced_total IS 'One row per total that a document announces.';
