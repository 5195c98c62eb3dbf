-- Which annual plans are known, whatever their date? One row per plan document and plan year.
WITH cited AS (
    SELECT
        citation.document_id,
        list(DISTINCT citation.cited_number ORDER BY citation.cited_number) AS cited_letters
    FROM core.citation AS citation
    JOIN core.guidance_letter AS letter ON letter.document_id = citation.cited_document_id
    GROUP BY citation.document_id
)
SELECT
    plan.plan_year,
    coalesce(unit.province_code_gso, plan.province_code_gso) AS province_code_gso,
    coalesce(unit.province_name, own.province_name) AS province_name,
    own.vintage AS own_vintage,
    own.province_code_gso AS own_code,
    own.province_name AS own_name,
    document.document_id,
    document.document_number,
    document.issued_date,
    document.counts_from_date,
    document.date_basis,
    document.issuing_body,
    document.confidence,
    document.source_url,
    document.flags,
    document.stored_sha256 IS NOT NULL AS is_on_file,
    coalesce(cited.cited_letters, []) AS cited_letters
FROM core.annual_plan AS plan
JOIN core.document AS document USING (document_id)
JOIN mart.province AS own
  ON own.vintage = plan.vintage AND own.province_code_gso = plan.province_code_gso
LEFT JOIN mart.province AS unit
  ON plan.vintage = 2008 AND unit.vintage = $vintage AND list_contains(unit.parts, plan.province_code_gso)
LEFT JOIN cited ON cited.document_id = plan.document_id
WHERE plan.vintage <= $vintage
ORDER BY plan.plan_year DESC, document.counts_from_date NULLS LAST, province_code_gso, document.document_id
