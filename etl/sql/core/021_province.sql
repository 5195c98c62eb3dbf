-- One row per province of the 63 (2008-08-01 to 2025-06-30), with its standing properties.
CREATE TABLE core.province (
    province_code_gso TEXT PRIMARY KEY, province_code_iso TEXT NOT NULL UNIQUE, province_name TEXT NOT NULL UNIQUE,
    is_land_border BOOLEAN NOT NULL, is_coastal BOOLEAN NOT NULL
);
COMMENT ON TABLE core.province IS 'One row per province of the 63 (2008-08-01 to 2025-06-30), with its standing properties.';
