-- One row per province of the 63 and the unit of 2025-07-01 that it became part of.
CREATE TABLE core.succession (
    old_province_code_gso TEXT PRIMARY KEY REFERENCES core.province (province_code_gso),
    new_province_code_gso TEXT NOT NULL, effective_date DATE NOT NULL, source_url TEXT
);
COMMENT ON TABLE core.succession IS 'One row per province of the 63 and the unit of 2025-07-01 that it became part of.';
