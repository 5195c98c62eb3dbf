-- One row per task of a plan.
CREATE TABLE core.plan_task (
    plan_task_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, ordinal TEXT, title TEXT NOT NULL,
    lead_bodies TEXT[], partner_bodies TEXT[], due_from DATE, due_to DATE, due_printed TEXT,
    amount_million_vnd DOUBLE CHECK (amount_million_vnd >= 0), funding_source TEXT, passage_id TEXT
);
COMMENT ON TABLE core.plan_task IS 'One row per task of a plan.';
