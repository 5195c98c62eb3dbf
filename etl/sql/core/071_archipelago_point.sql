-- One row per named feature of an archipelago that is drawn.
CREATE TABLE core.archipelago_point (
    archipelago TEXT NOT NULL REFERENCES core.archipelago (archipelago), point_name TEXT NOT NULL,
    latitude DOUBLE NOT NULL, longitude DOUBLE NOT NULL, source_url TEXT, PRIMARY KEY (archipelago, point_name)
);
COMMENT ON TABLE core.archipelago_point IS 'One row per named feature of an archipelago that is drawn.';
