-- Which class has each unit on a day in every indicator? One row per unit, indicator and scope.
SELECT
    province_code_gso,
    province_name,
    indicator,
    scope,
    class,
    class_since,
    strength,
    evidence_date,
    date_basis,
    nature,
    document_number,
    issued_date,
    issuing_body,
    section,
    source_url,
    flags,
    part_classes,
    has_contradiction
FROM mart.status
WHERE vintage = $vintage
  AND valid_from <= $as_of AND (valid_to IS NULL OR valid_to >= $as_of)
ORDER BY province_code_gso, indicator, scope
