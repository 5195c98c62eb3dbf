-- One row per joint programme 5115 with the border guard that a source names.
CREATE TABLE core.joint_programme (
    document_id TEXT PRIMARY KEY, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    passage_id TEXT, corrected_by TEXT, is_counted BOOLEAN NOT NULL
);
COMMENT ON TABLE core.joint_programme IS 'One row per joint programme 5115 with the border guard that a source names.';
