-- Which documents has a snapshot? One row per document.
SELECT document.document_id, document.document_number, document.kind, document.counts_from_date,
       document.issuing_body, unit.province_name, document.source_url
FROM core.document AS document
LEFT JOIN core.administrative_unit AS unit USING (vintage, province_code_gso)
ORDER BY document.document_id
