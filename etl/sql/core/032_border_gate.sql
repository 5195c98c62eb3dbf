-- One row per border gate, airport or port; without coordinates it is listed, not drawn.
CREATE TABLE core.border_gate (
    border_gate_id TEXT PRIMARY KEY, gate_name TEXT NOT NULL, province_code_gso TEXT NOT NULL,
    border_route TEXT CHECK (border_route IN ('china','laos','cambodia','sea')),
    gate_class TEXT NOT NULL CHECK (gate_class IN ('international','main','secondary')),
    transport TEXT NOT NULL, latitude DOUBLE CHECK (latitude BETWEEN 5 AND 25),
    longitude DOUBLE CHECK (longitude BETWEEN 101 AND 118), is_approximate BOOLEAN NOT NULL,
    counterpart TEXT, commune TEXT, district TEXT, placement TEXT NOT NULL, confidence TEXT NOT NULL,
    source_id TEXT NOT NULL, row_number INTEGER NOT NULL, source_url TEXT, flags TEXT[] NOT NULL
);
COMMENT ON TABLE core.border_gate IS 'One row per border gate, airport or port; without coordinates it is listed, not drawn.';
