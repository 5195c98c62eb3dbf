-- One row per interval in which (vintage, province, indicator, scope) has one class.
CREATE TABLE core.status (
    vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator IN ('regulation','human_rights_plan','annual_plan','border_route','result_report')), scope TEXT NOT NULL, class TEXT NOT NULL,
    valid_from DATE NOT NULL, valid_to DATE CHECK (valid_to >= valid_from),
    strength TEXT CHECK (strength IN ('own_document','person','named_in_letter','cited','news','implied')), evidence_id TEXT REFERENCES core.evidence (evidence_id), part_classes TEXT,
    PRIMARY KEY (vintage, province_code_gso, indicator, scope, valid_from),
    CHECK ((strength IS NULL) = (evidence_id IS NULL))
);
COMMENT ON TABLE core.status IS 'One row per interval in which (vintage, province, indicator, scope) has one class.';
