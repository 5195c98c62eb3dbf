-- One row per confirmation or correction by a person.
CREATE TABLE core.decision (
    decision_id TEXT PRIMARY KEY, decided_at TIMESTAMP NOT NULL, person TEXT NOT NULL, is_verified_person BOOLEAN NOT NULL,
    subject TEXT NOT NULL, action TEXT NOT NULL CHECK (action IN ('confirm','correct','reject')), value TEXT, reason TEXT
);
COMMENT ON TABLE core.decision IS 'One row per confirmation or correction by a person.';
