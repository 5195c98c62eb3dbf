-- Which documents of each unit, or ministry letters that name it, are known? One row per unit and document.
WITH unit AS (
    SELECT province_code_gso AS unit_code, $vintage AS vintage, province_code_gso
    FROM mart.province WHERE vintage = $vintage
    UNION
    SELECT province_code_gso, 2008, unnest(parts) FROM mart.province WHERE vintage = $vintage
), own AS (
    SELECT unit.unit_code, document.document_id, document.vintage, document.province_code_gso
    FROM core.document AS document JOIN unit USING (vintage, province_code_gso)
    UNION
    SELECT unit.unit_code, finding.document_id, finding.vintage, finding.province_code_gso
    FROM core.letter_finding AS finding JOIN unit USING (vintage, province_code_gso)
), plan AS (
    SELECT document_id, list(DISTINCT plan_year ORDER BY plan_year) AS years
    FROM core.annual_plan GROUP BY document_id
), used AS (
    SELECT evidence.province_code_gso AS unit_code, evidence.document_id,
           list(DISTINCT evidence.indicator ORDER BY evidence.indicator) AS indicators
    FROM mart.evidence AS evidence
    JOIN mart.status AS status USING (vintage, province_code_gso, indicator, scope, valid_from)
    WHERE evidence.vintage = $vintage AND evidence.role = 'supports'
      AND status.valid_from <= $as_of AND (status.valid_to IS NULL OR status.valid_to >= $as_of)
    GROUP BY evidence.province_code_gso, evidence.document_id
)
SELECT
    own.unit_code AS province_code_gso,
    document.document_id,
    place.province_name,
    own.vintage <> $vintage AS is_of_part,
    CASE
        WHEN document.province_code_gso IS NULL THEN 'named_in_letter'
        WHEN regulation.document_id IS NOT NULL THEN 'regulation'
        WHEN rights.document_id IS NOT NULL THEN 'human_rights_plan'
        WHEN plan.document_id IS NOT NULL THEN 'annual_plan'
        WHEN joint.document_id IS NOT NULL THEN 'joint_programme'
        WHEN related.document_id IS NOT NULL THEN 'related_plan'
        ELSE 'other'
    END AS topic,
    regulation.legal_base,
    coalesce(rights.plan_kind, related.plan_kind) AS plan_kind,
    coalesce(plan.years, []) AS plan_years,
    coalesce(year(rights.period_start), related.first_year) AS first_year,
    coalesce(year(rights.period_end), related.last_year) AS last_year,
    document.document_number,
    document.counts_from_date,
    document.date_basis,
    document.issuing_body,
    document.confidence,
    document.source_url,
    document.flags,
    coalesce(used.indicators, []) AS used_for
FROM own
JOIN core.document AS document USING (document_id)
JOIN core.administrative_unit AS place
  ON (place.vintage, place.province_code_gso) = (own.vintage, own.province_code_gso)
LEFT JOIN core.regulation AS regulation USING (document_id)
LEFT JOIN core.human_rights_plan AS rights USING (document_id)
LEFT JOIN plan USING (document_id)
LEFT JOIN core.joint_programme AS joint USING (document_id)
LEFT JOIN core.related_plan AS related USING (document_id)
LEFT JOIN used ON (used.unit_code, used.document_id) = (own.unit_code, own.document_id)
ORDER BY own.unit_code, document.counts_from_date NULLS LAST, document.document_number, place.province_name
