-- One row per plan under Decision 1079/QĐ-TTg; period days are null where not printed.
CREATE TABLE core.human_rights_plan (
    document_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    passage_id TEXT, corrected_by TEXT,
    plan_kind TEXT NOT NULL CHECK (plan_kind IN ('scheme','annual')), period_start DATE, period_end DATE,
    CHECK (period_end >= period_start)
);
COMMENT ON TABLE core.human_rights_plan IS 'One row per plan under Decision 1079/QĐ-TTg; period days are null where not printed.';
