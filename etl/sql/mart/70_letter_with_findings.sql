-- One row per ministry letter that states findings about provinces or totals.
CREATE TABLE mart.letter_with_findings AS
SELECT DISTINCT document.document_id, document.document_number, document.issued_date, document.issuing_body
FROM core.document AS document
WHERE document.document_id IN (
    SELECT document_id FROM core.letter_finding UNION SELECT document_id FROM core.announced_total
)
ORDER BY document.issued_date, document.document_number;
