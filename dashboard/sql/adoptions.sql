-- Which documents on an indicator are known? One row per document, undated ones last.
WITH deciding AS (
    SELECT DISTINCT evidence.document_id
    FROM mart.evidence AS evidence
    JOIN mart.status AS status USING (vintage, province_code_gso, indicator, scope, valid_from)
    WHERE status.vintage = $vintage AND status.indicator = $indicator
      AND status.valid_from <= $as_of AND (status.valid_to IS NULL OR status.valid_to >= $as_of)
      AND evidence.role <> 'overridden'
)
SELECT
    coalesce(unit.province_code_gso, adoption.province_code_gso) AS province_code_gso,
    old.province_name,
    adoption.document_id,
    adoption.document_number,
    adoption.issued_date,
    adoption.effective_date,
    adoption.counts_from_date,
    adoption.date_basis,
    adoption.issuing_body,
    adoption.basis,
    adoption.period_start,
    adoption.period_end,
    adoption.confidence,
    adoption.source_url,
    adoption.flags,
    adoption.document_id IN (SELECT document_id FROM deciding) AS is_deciding
FROM mart.adoption AS adoption
JOIN mart.province AS old
  ON old.vintage = adoption.vintage AND old.province_code_gso = adoption.province_code_gso
LEFT JOIN mart.province AS unit
  ON adoption.vintage = 2008 AND unit.vintage = $vintage
 AND list_contains(unit.parts, adoption.province_code_gso)
WHERE adoption.indicator = $indicator
  AND (adoption.counts_from_date IS NULL OR adoption.counts_from_date <= $as_of)
ORDER BY adoption.counts_from_date DESC NULLS LAST, adoption.province_code_gso
