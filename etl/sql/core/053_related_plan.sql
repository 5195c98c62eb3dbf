-- One row per other plan document; never counted as an annual plan.
CREATE TABLE core.related_plan (
    document_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    plan_kind TEXT NOT NULL, first_year INTEGER, last_year INTEGER
);
COMMENT ON TABLE core.related_plan IS 'One row per other plan document; never counted as an annual plan.';
