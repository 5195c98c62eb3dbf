-- One row per fact that bears on a status.
CREATE TABLE core.evidence (
    evidence_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator IN ('regulation','human_rights_plan','annual_plan','border_route','result_report')), scope TEXT NOT NULL,
    nature TEXT NOT NULL CHECK (nature IN ('act','report','reference')), class TEXT, test TEXT NOT NULL,
    evidence_date DATE NOT NULL, date_basis TEXT NOT NULL CHECK (date_basis IN ('issued','effective','reported','year_end','received')),
    until_date DATE, strength TEXT NOT NULL CHECK (strength IN ('own_document','person','named_in_letter','cited','news','implied')),
    document_id TEXT, passage_id TEXT, section TEXT, source_id TEXT NOT NULL, row_number INTEGER, source_url TEXT, flags TEXT[] NOT NULL
);
COMMENT ON TABLE core.evidence IS 'One row per fact that bears on a status.';
