-- One row per interval of a status, with the evidence that decides it and its document.
CREATE TABLE mart.status AS
WITH turn AS (
    -- The evidence behind a class can change while the class stays: `class_since` is when it began.
    SELECT
        *,
        class IS DISTINCT FROM lag(class) OVER timeline AS is_turn
    FROM core.status
    WINDOW timeline AS (
        PARTITION BY vintage, province_code_gso, indicator, scope ORDER BY valid_from
    )
), dated AS (
    SELECT
        *,
        max(CASE WHEN is_turn THEN valid_from END) OVER (
            PARTITION BY vintage, province_code_gso, indicator, scope ORDER BY valid_from
        ) AS class_since
    FROM turn
)
SELECT
    status.vintage,
    status.province_code_gso,
    unit.province_name,
    status.indicator,
    status.scope,
    status.class,
    status.valid_from,
    status.valid_to,
    status.class_since,
    status.strength,
    status.evidence_id,
    evidence.evidence_date,
    evidence.date_basis,
    evidence.nature,
    evidence.document_id,
    document.document_number,
    document.kind AS document_kind,
    document.issued_date,
    document.issuing_body,
    evidence.section,
    evidence.source_url,
    coalesce(evidence.flags, []) AS flags,
    status.part_classes,
    EXISTS (
        SELECT 1 FROM core.status_evidence AS link
        WHERE link.role = 'contradicts'
          AND (link.vintage, link.province_code_gso, link.indicator, link.scope, link.valid_from)
            = (status.vintage, status.province_code_gso, status.indicator, status.scope, status.valid_from)
    ) AS has_contradiction
FROM dated AS status
JOIN core.administrative_unit AS unit USING (vintage, province_code_gso)
LEFT JOIN core.evidence AS evidence USING (evidence_id)
LEFT JOIN core.document AS document ON document.document_id = evidence.document_id
ORDER BY status.vintage, status.indicator, status.scope, status.province_code_gso, status.valid_from;
