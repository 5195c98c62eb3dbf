-- One row per (province of the 63, border route it lies on); lengths are per source and never added up.
CREATE TABLE core.province_border_route (
    province_code_gso TEXT NOT NULL REFERENCES core.province (province_code_gso),
    border_route TEXT NOT NULL REFERENCES core.border_route (border_route),
    border_km DOUBLE CHECK (border_km > 0), source_id TEXT NOT NULL, row_number INTEGER NOT NULL,
    source_url TEXT, flags TEXT[] NOT NULL, PRIMARY KEY (province_code_gso, border_route)
);
COMMENT ON TABLE core.province_border_route IS 'One row per (province of the 63, border route it lies on); lengths are per source and never added up.';
