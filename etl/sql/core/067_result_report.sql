-- One row per report received from a province on a year's results.
CREATE TABLE core.result_report (
    document_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    report_year INTEGER NOT NULL, received_date DATE NOT NULL
);
COMMENT ON TABLE core.result_report IS 'One row per report received from a province on a year''s results.';
