-- One row per task of a year's guidance letter.
CREATE TABLE core.guidance_task (
    guidance_task_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, guides_year INTEGER NOT NULL,
    ordinal TEXT NOT NULL, title TEXT NOT NULL, topic TEXT, passage_id TEXT
);
COMMENT ON TABLE core.guidance_task IS 'One row per task of a year''s guidance letter.';
