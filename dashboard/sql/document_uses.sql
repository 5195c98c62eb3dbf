-- Where does the dashboard use one document? One row per status, amount, plan, total or deadline.
WITH placed AS (
    SELECT 'status' AS place, evidence.indicator, evidence.scope, evidence.province_code_gso, evidence.province_name,
           CASE evidence.role WHEN 'supports' THEN status.class ELSE evidence.class END AS class_name, evidence.role, evidence.test, status.valid_from AS first_day, NULL AS said, NULL::BIGINT AS amount_million_vnd
    FROM mart.evidence AS evidence
    JOIN mart.status AS status USING (vintage, province_code_gso, indicator, scope, valid_from)
    WHERE evidence.document_id = $document_id AND evidence.vintage = $vintage
      AND status.valid_from <= $as_of AND (status.valid_to IS NULL OR status.valid_to >= $as_of)
    UNION ALL
    SELECT 'list', adoption.indicator, adoption.scope, adoption.province_code_gso, own.province_name, NULL, NULL, NULL,
           adoption.counts_from_date, NULL, NULL
    FROM mart.adoption AS adoption
    JOIN mart.province AS own USING (vintage, province_code_gso)
    WHERE adoption.document_id = $document_id
    UNION ALL
    SELECT 'related_plan', NULL, coalesce(plan.first_year::TEXT, ''), plan.province_code_gso, own.province_name, NULL, NULL, NULL,
           NULL, plan.plan_kind, NULL
    FROM core.related_plan AS plan
    JOIN mart.province AS own USING (vintage, province_code_gso)
    WHERE plan.document_id = $document_id
    UNION ALL
    SELECT 'guidance_letter', NULL, coalesce(guides_year::TEXT, ''), NULL, NULL, NULL, NULL, NULL, NULL, guides, NULL
    FROM core.guidance_letter WHERE document_id = $document_id
    UNION ALL
    SELECT 'announced_total', indicator, '', NULL, NULL, NULL, NULL, NULL, as_of_date, announced_count || '/' || out_of, NULL
    FROM core.announced_total WHERE document_id = $document_id
    UNION ALL
    SELECT 'report_deadline', NULL, '', NULL, NULL, NULL, NULL, NULL, due_date, month_day, NULL
    FROM core.report_deadline WHERE document_id = $document_id
    UNION ALL
    SELECT 'budget', NULL, coalesce(line.first_year::TEXT, ''), line.province_code_gso, own.province_name, NULL, NULL, NULL,
           line.document_date, line.as_printed, line.amount_million_vnd
    FROM core.budget_line AS line
    JOIN mart.document AS document
      ON document.province_code_gso = line.province_code_gso AND document.document_number = line.document_number
     AND (line.document_date IS NULL OR document.issued_date = line.document_date)
    JOIN mart.province AS own ON (own.vintage, own.province_code_gso) = (line.vintage, line.province_code_gso)
    WHERE document.document_id = $document_id
    UNION ALL
    SELECT 'contradiction', found.indicator, found.scope, found.province_code_gso, own.province_name, NULL, NULL, NULL,
           found.as_of_date, NULL, NULL
    FROM core.contradiction AS found
    JOIN mart.province AS own USING (vintage, province_code_gso)
    LEFT JOIN core.evidence AS stated ON stated.evidence_id = found.stated_reference
    LEFT JOIN core.evidence AS against ON against.evidence_id = found.contradicted_by_reference
    WHERE found.as_of_date <= $as_of
      AND $document_id IN (stated.document_id, against.document_id, found.stated_reference, found.contradicted_by_reference)
)
SELECT * FROM placed
ORDER BY place, indicator, scope, first_day DESC, province_code_gso
