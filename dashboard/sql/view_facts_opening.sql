-- What opens first: the newest ministry letter with findings, the newest evidence, and whether any
-- source of the snapshot is made up. One row.
SELECT
    (SELECT max(issued_date) FROM mart.letter_with_findings) AS default_as_of,
    (
        SELECT document_number
        FROM mart.letter_with_findings
        ORDER BY issued_date DESC, document_number
        LIMIT 1
    ) AS default_document,
    (SELECT max(evidence_date) FROM mart.status) AS newest_evidence,
    (SELECT bool_or(is_synthetic) FROM core.source) AS is_synthetic
