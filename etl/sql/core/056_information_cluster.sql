-- One row per dated observation of an information cluster.
CREATE TABLE core.information_cluster (
    observation_id TEXT PRIMARY KEY, cluster_name TEXT NOT NULL, vintage INTEGER NOT NULL, province_code_gso TEXT NOT NULL,
    gate_name TEXT, border_gate_id TEXT, border_route TEXT,
    state TEXT NOT NULL CHECK (state IN ('proposed','planned','operating','needs_repair','closed')),
    observed_date DATE, date_basis TEXT, document_number TEXT, document_id TEXT, passage_id TEXT, source_id TEXT NOT NULL, row_number INTEGER NOT NULL,
    source_url TEXT, flags TEXT[] NOT NULL, confidence TEXT
);
COMMENT ON TABLE core.information_cluster IS 'One row per dated observation of an information cluster.';
