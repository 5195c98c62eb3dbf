-- One row per document that is a regulation, human-rights plan or annual plan, for the lists of a page.
CREATE TABLE mart.adoption AS
SELECT
    'regulation' AS indicator,
    '' AS scope,
    regulation.vintage,
    regulation.province_code_gso,
    document.document_id,
    document.document_number,
    document.issued_date,
    document.effective_date,
    document.reported_date,
    document.counts_from_date,
    document.date_basis,
    document.issuing_body,
    regulation.legal_base AS basis,
    NULL::DATE AS period_start,
    NULL::DATE AS period_end,
    regulation.replaces,
    document.confidence,
    document.source_url,
    document.flags
FROM core.regulation AS regulation
JOIN core.document AS document USING (document_id)
UNION ALL
SELECT
    'human_rights_plan', '', plan.vintage, plan.province_code_gso,
    document.document_id, document.document_number, document.issued_date, document.effective_date,
    document.reported_date, document.counts_from_date, document.date_basis, document.issuing_body,
    plan.plan_kind, plan.period_start, plan.period_end, NULL,
    document.confidence, document.source_url, document.flags
FROM core.human_rights_plan AS plan
JOIN core.document AS document USING (document_id)
UNION ALL
SELECT
    'annual_plan', plan.plan_year::TEXT, plan.vintage, plan.province_code_gso,
    document.document_id, document.document_number, document.issued_date, document.effective_date,
    document.reported_date, document.counts_from_date, document.date_basis, document.issuing_body,
    'annual', NULL, NULL, NULL,
    document.confidence, document.source_url, document.flags
FROM core.annual_plan AS plan
JOIN core.document AS document USING (document_id)
ORDER BY ALL;
