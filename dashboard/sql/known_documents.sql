-- Which documents of a province are known for an indicator? One row per document.
SELECT adoption.document_number, adoption.counts_from_date, adoption.date_basis, adoption.basis,
       adoption.confidence, adoption.source_url, adoption.flags, adoption.document_id
FROM mart.adoption AS adoption
JOIN mart.province AS unit ON unit.vintage = $vintage AND unit.province_code_gso = $province
WHERE adoption.indicator = $indicator AND adoption.scope = $scope
  AND (list_contains(unit.parts, adoption.province_code_gso) AND adoption.vintage = 2008
       OR adoption.vintage = $vintage AND adoption.province_code_gso = $province)
  AND (adoption.counts_from_date IS NULL OR adoption.counts_from_date <= $as_of)
ORDER BY adoption.counts_from_date DESC NULLS LAST
