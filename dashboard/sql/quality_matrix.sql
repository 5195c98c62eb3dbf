-- How is every status of a day known? One row per province, indicator and scope.
SELECT province_code_gso, province_name, indicator, scope, class AS class_name, strength, part_classes,
       has_contradiction, document_number, evidence_date
FROM mart.status
WHERE vintage = $vintage AND valid_from <= $as_of AND (valid_to IS NULL OR valid_to >= $as_of)
ORDER BY province_code_gso, indicator, scope
