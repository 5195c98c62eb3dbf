-- One row per annual plan document and plan year.
CREATE TABLE core.annual_plan (
    document_id TEXT NOT NULL, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    passage_id TEXT, corrected_by TEXT,
    plan_year INTEGER NOT NULL, PRIMARY KEY (document_id, plan_year)
);
COMMENT ON TABLE core.annual_plan IS 'One row per annual plan document and plan year.';
