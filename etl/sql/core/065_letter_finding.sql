-- One row per (letter, finding, province it names).
CREATE TABLE core.letter_finding (
    document_id TEXT NOT NULL, finding TEXT NOT NULL, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL, section TEXT,
    passage_id TEXT, implies_others BOOLEAN NOT NULL, corrected_by TEXT,
    PRIMARY KEY (document_id, finding, province_code_gso)
);
COMMENT ON TABLE core.letter_finding IS 'One row per (letter, finding, province it names).';
