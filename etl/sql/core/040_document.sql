-- One row per known document; counts_from_date is null where it is undated.
CREATE TABLE core.document (
    document_id TEXT PRIMARY KEY, vintage INTEGER, province_code_gso TEXT, document_number TEXT,
    kind TEXT NOT NULL, title TEXT, issued_date DATE, effective_date DATE, reported_date DATE,
    counts_from_date DATE, date_basis TEXT CHECK (date_basis IN ('issued','effective','reported')),
    issuing_body TEXT, issuer_level TEXT, signer TEXT, confidence TEXT,
    plan_year INTEGER, original_name TEXT, stored_sha256 TEXT, stored_text TEXT,
    source_id TEXT NOT NULL, row_number INTEGER, source_url TEXT, flags TEXT[] NOT NULL,
    CHECK ((counts_from_date IS NULL) = (date_basis IS NULL))
);
COMMENT ON TABLE core.document IS 'One row per known document; counts_from_date is null where it is undated.';
