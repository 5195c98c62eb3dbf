-- One row per activity on a border route that a province reports.
CREATE TABLE core.border_activity (
    activity_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL, border_route TEXT NOT NULL,
    activity_kind TEXT NOT NULL CHECK (activity_kind IN ('plan','joint_programme','propaganda')), title TEXT NOT NULL,
    document_id TEXT, first_date DATE, last_date DATE, partner TEXT, audience_count INTEGER CHECK (audience_count >= 0),
    confidence TEXT, source_id TEXT NOT NULL, row_number INTEGER NOT NULL, source_url TEXT, flags TEXT[] NOT NULL,
    CHECK (last_date >= first_date)
);
COMMENT ON TABLE core.border_activity IS 'One row per activity on a border route that a province reports.';
