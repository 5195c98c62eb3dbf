-- One row per statement that another source contradicts.
CREATE TABLE core.contradiction (
    vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator IN ('regulation','human_rights_plan','annual_plan','border_route','result_report','budget','document')),
    scope TEXT NOT NULL, as_of_date DATE NOT NULL, stated TEXT NOT NULL, contradicted_by TEXT NOT NULL,
    stated_reference TEXT NOT NULL, contradicted_by_reference TEXT NOT NULL,
    PRIMARY KEY (vintage, province_code_gso, indicator, scope, as_of_date, stated, stated_reference, contradicted_by_reference)
);
COMMENT ON TABLE core.contradiction IS 'One row per statement that another source contradicts.';
