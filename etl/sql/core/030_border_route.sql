-- One row per border route.
CREATE TABLE core.border_route (
    border_route TEXT PRIMARY KEY CHECK (border_route IN ('china','laos','cambodia','sea')), ordinal INTEGER NOT NULL UNIQUE
);
COMMENT ON TABLE core.border_route IS 'One row per border route.';
