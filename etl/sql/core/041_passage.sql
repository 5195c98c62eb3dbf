-- One row per passage of a stored text; offsets are code points and quote is exactly that slice.
CREATE TABLE core.passage (
    passage_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, section TEXT,
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0), end_offset INTEGER NOT NULL, quote TEXT NOT NULL,
    CHECK (end_offset > start_offset)
);
COMMENT ON TABLE core.passage IS 'One row per passage of a stored text; offsets are code points and quote is exactly that slice.';
