-- What are all statuses based on, on a day? One row per unit, status and piece of evidence, the deciding one first.
SELECT evidence.*
FROM mart.evidence AS evidence
JOIN mart.status AS status USING (vintage, province_code_gso, indicator, scope, valid_from)
WHERE evidence.vintage = $vintage
  AND status.valid_from <= $as_of AND (status.valid_to IS NULL OR status.valid_to >= $as_of)
  AND evidence.nature <> 'reference'
ORDER BY evidence.province_code_gso, evidence.indicator, evidence.scope, evidence.ordinal
