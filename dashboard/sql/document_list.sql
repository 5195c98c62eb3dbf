-- Which documents are known, by the codes of the asked vintage? One row per document.
SELECT
    document.document_id,
    document.known_by,
    document.document_number,
    document.kind,
    document.title,
    document.issued_date,
    document.effective_date,
    document.counts_from_date,
    document.date_basis,
    document.issuing_body,
    document.issuer_level,
    document.strength,
    document.is_on_file,
    document.source_id,
    document.source_url,
    document.flags,
    document.used_in,
    document.is_expired,
    document.is_replaced,
    CASE WHEN document.vintage = $vintage THEN document.province_code_gso
         ELSE successor.province_code_gso END AS province_code_gso,
    own.province_name
FROM mart.document AS document
LEFT JOIN mart.province AS own
  ON (own.vintage, own.province_code_gso) = (document.vintage, document.province_code_gso)
LEFT JOIN mart.province AS successor
  ON document.vintage = 2008 AND successor.vintage = $vintage
 AND list_contains(successor.parts, document.province_code_gso)
ORDER BY document.counts_from_date DESC NULLS LAST, document.document_number, document.document_id
