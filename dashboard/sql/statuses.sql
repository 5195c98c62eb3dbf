-- Which class has each province, and from when to when? One row per interval of an indicator.
SELECT
    status.province_code_gso,
    status.province_name,
    status.class,
    status.valid_from,
    status.valid_to,
    status.class_since,
    status.strength,
    status.evidence_date,
    status.date_basis,
    status.nature,
    status.document_number,
    status.issued_date,
    status.issuing_body,
    status.section,
    status.source_url,
    status.flags,
    status.part_classes,
    status.has_contradiction,
    province.border_routes
FROM mart.status AS status
JOIN mart.province AS province USING (vintage, province_code_gso)
WHERE status.vintage = $vintage
  AND status.indicator = $indicator
  AND status.scope = $scope
ORDER BY status.province_code_gso, status.valid_from
