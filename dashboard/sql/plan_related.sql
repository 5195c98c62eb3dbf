-- Which other plans are known up to a day? One row per document; none of them is an annual plan.
SELECT
    coalesce(unit.province_code_gso, plan.province_code_gso) AS province_code_gso,
    coalesce(unit.province_name, own.province_name) AS province_name,
    own.province_name AS own_name,
    plan.plan_kind,
    plan.first_year,
    plan.last_year,
    document.document_number,
    document.issued_date,
    document.counts_from_date,
    document.issuing_body,
    document.confidence,
    document.source_url,
    document.flags,
    document.stored_sha256 IS NOT NULL AS is_on_file
FROM core.related_plan AS plan
JOIN core.document AS document USING (document_id)
JOIN mart.province AS own
  ON own.vintage = plan.vintage AND own.province_code_gso = plan.province_code_gso
LEFT JOIN mart.province AS unit
  ON plan.vintage = 2008 AND unit.vintage = $vintage AND list_contains(unit.parts, plan.province_code_gso)
WHERE plan.vintage <= $vintage
  AND (document.counts_from_date IS NULL OR document.counts_from_date <= $as_of)
ORDER BY plan.plan_kind, document.counts_from_date NULLS LAST, province_code_gso, document.document_id
