-- One row per archipelago with its printed extent and the units that it belongs to.
CREATE TABLE core.archipelago (
    archipelago TEXT PRIMARY KEY, province_code_gso TEXT NOT NULL, unit_2025 TEXT NOT NULL,
    latitude_min DOUBLE NOT NULL, latitude_max DOUBLE NOT NULL, longitude_min DOUBLE NOT NULL, longitude_max DOUBLE NOT NULL, source_url TEXT
);
COMMENT ON TABLE core.archipelago IS 'One row per archipelago with its printed extent and the units that it belongs to.';
