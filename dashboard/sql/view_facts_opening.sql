-- What opens first: the newest ministry letter with findings, and the newest evidence. One row.
SELECT
    (SELECT max(issued_date) FROM mart.letter_with_findings) AS default_as_of,
    (
        SELECT document_number
        FROM mart.letter_with_findings
        ORDER BY issued_date DESC, document_number
        LIMIT 1
    ) AS default_document,
    (SELECT max(evidence_date) FROM mart.status) AS newest_evidence
