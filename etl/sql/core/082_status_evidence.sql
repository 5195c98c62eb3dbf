-- One row per piece of evidence behind an interval of core.status; ordinal 1 decides.
CREATE TABLE core.status_evidence (
    vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL, indicator TEXT NOT NULL, scope TEXT NOT NULL,
    valid_from DATE NOT NULL, evidence_id TEXT NOT NULL REFERENCES core.evidence (evidence_id),
    role TEXT NOT NULL CHECK (role IN ('supports','overridden','contradicts')), ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    PRIMARY KEY (vintage, province_code_gso, indicator, scope, valid_from, evidence_id)
);
COMMENT ON TABLE core.status_evidence IS 'One row per piece of evidence behind an interval of core.status; ordinal 1 decides.';
