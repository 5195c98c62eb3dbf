-- One row per printed amount; parent_line_id tells parts from totals, so that they are never added.
CREATE TABLE core.budget_line (
    line_id TEXT PRIMARY KEY, parent_line_id TEXT, is_total BOOLEAN NOT NULL,
    vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL, first_year INTEGER, last_year INTEGER,
    programme TEXT NOT NULL, component TEXT, funding_source TEXT,
    stage TEXT NOT NULL CHECK (stage IN ('planned','allocated','disbursed','donated')),
    scope TEXT NOT NULL, level TEXT NOT NULL, amount_million_vnd DOUBLE NOT NULL CHECK (amount_million_vnd >= 0),
    as_printed TEXT NOT NULL, is_rounded BOOLEAN NOT NULL, document_number TEXT, document_date DATE,
    share_disbursed_pct DOUBLE, share_rounding TEXT CHECK (share_rounding IN ('over','about')),
    counted_until DATE,
    counted_until_precision TEXT CHECK (counted_until_precision IN ('day','month_end','month_middle')),
    passage_id TEXT, source_id TEXT NOT NULL, row_number INTEGER NOT NULL, source_url TEXT, flags TEXT[] NOT NULL
);
COMMENT ON TABLE core.budget_line IS 'One row per printed amount; parent_line_id tells parts from totals, so that they are never added.';
