-- One row per ministry guidance document; guides_year only for the annual letters.
CREATE TABLE core.guidance_letter (
    document_id TEXT PRIMARY KEY, guides_year INTEGER, guides TEXT
);
COMMENT ON TABLE core.guidance_letter IS 'One row per ministry guidance document; guides_year only for the annual letters.';
