-- One row per deadline for a report that a document sets.
CREATE TABLE core.report_deadline (
    report_deadline_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, due_date DATE, month_day TEXT,
    period TEXT NOT NULL CHECK (period IN ('once','yearly','quarterly','monthly')), is_every_year BOOLEAN NOT NULL,
    from_body TEXT, to_body TEXT, section TEXT, passage_id TEXT
);
COMMENT ON TABLE core.report_deadline IS 'One row per deadline for a report that a document sets.';
