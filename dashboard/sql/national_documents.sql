-- Which documents of the state and its ministries are known up to a day? One row per document.
SELECT
    document_number,
    kind,
    issued_date,
    effective_date,
    issuing_body
FROM core.document
WHERE province_code_gso IS NULL
  AND document_number IS NOT NULL
  AND issued_date <= $as_of
ORDER BY issued_date, document_number
