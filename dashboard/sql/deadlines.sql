-- Which deadlines for reports do documents set up to a day? One row per deadline.
SELECT
    deadline.report_deadline_id,
    deadline.period,
    deadline.due_date,
    deadline.month_day,
    deadline.is_every_year,
    deadline.from_body,
    deadline.to_body,
    coalesce(passage.section, deadline.section) AS section,
    passage.quote,
    coalesce(unit.province_code_gso, document.province_code_gso) AS province_code_gso,
    coalesce(unit.province_name, own.province_name) AS province_name,
    own.province_name AS own_name,
    document.kind,
    document.document_number,
    document.issued_date,
    document.counts_from_date,
    document.issuing_body,
    document.source_url,
    plan.plan_year
FROM core.report_deadline AS deadline
JOIN core.document AS document USING (document_id)
LEFT JOIN (
    SELECT document_id, max(plan_year) AS plan_year FROM core.annual_plan GROUP BY document_id
) AS plan USING (document_id)
LEFT JOIN core.passage AS passage ON passage.passage_id = deadline.passage_id
LEFT JOIN mart.province AS own
  ON own.vintage = document.vintage AND own.province_code_gso = document.province_code_gso
LEFT JOIN mart.province AS unit
  ON document.vintage = 2008 AND unit.vintage = $vintage
 AND list_contains(unit.parts, document.province_code_gso)
WHERE (document.vintage IS NULL OR document.vintage <= $vintage)
  AND (document.counts_from_date IS NULL OR document.counts_from_date <= $as_of)
ORDER BY document.province_code_gso NULLS FIRST, document.counts_from_date, deadline.report_deadline_id
