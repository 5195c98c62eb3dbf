-- Which documents have no date at all and give no status? One row per document.
SELECT unit.province_name, document.document_number, document.kind, document.issuing_body,
       document.source_url, document.flags
FROM core.document AS document
LEFT JOIN core.administrative_unit AS unit USING (vintage, province_code_gso)
WHERE document.counts_from_date IS NULL
ORDER BY document.province_code_gso NULLS LAST, document.document_number
