-- One row per province-level unit of each administrative vintage (63 + 34).
CREATE TABLE core.administrative_unit (
    vintage INTEGER NOT NULL CHECK (vintage IN (2008, 2025)),
    province_code_gso TEXT NOT NULL CHECK (regexp_full_match(province_code_gso, '[0-9]{2}')),
    province_name TEXT NOT NULL, unit_kind TEXT NOT NULL CHECK (unit_kind IN ('province','city')),
    valid_from DATE NOT NULL, valid_to DATE,
    PRIMARY KEY (vintage, province_code_gso), UNIQUE (vintage, province_name)
);
COMMENT ON TABLE core.administrative_unit IS 'One row per province-level unit of each administrative vintage (63 + 34).';
