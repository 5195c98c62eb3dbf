-- One row per (plan, task of that year's guidance letter).
CREATE TABLE core.task_coverage (
    document_id TEXT NOT NULL, guidance_task_id TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('covered','partly','not_found')), decided_by TEXT NOT NULL CHECK (decided_by IN ('rule','person')),
    passage_id TEXT, PRIMARY KEY (document_id, guidance_task_id)
);
COMMENT ON TABLE core.task_coverage IS 'One row per (plan, task of that year''s guidance letter).';
