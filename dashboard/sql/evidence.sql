-- What is every status of a day based on? One row per piece of evidence, the deciding one first.
SELECT
    evidence.*
FROM mart.evidence AS evidence
JOIN mart.status AS status USING (vintage, province_code_gso, indicator, scope, valid_from)
WHERE evidence.vintage = $vintage
  AND evidence.indicator = $indicator
  AND evidence.scope = $scope
  AND status.valid_from <= $as_of
  AND (status.valid_to IS NULL OR status.valid_to >= $as_of)
ORDER BY evidence.province_code_gso, evidence.ordinal
