-- What do documents show of the provinces a letter left unnamed? One row per such province.
SELECT
    status.province_code_gso,
    status.province_name,
    status.has_contradiction,
    EXISTS (
        SELECT 1 FROM mart.evidence AS evidence
        WHERE (evidence.vintage, evidence.province_code_gso, evidence.indicator, evidence.scope, evidence.valid_from)
            = (status.vintage, status.province_code_gso, status.indicator, status.scope, status.valid_from)
          AND evidence.role = 'supports' AND evidence.nature = 'act'
    ) AS has_document
FROM mart.status AS status
WHERE status.vintage = 2008 AND status.indicator = 'regulation' AND status.strength = 'implied'
  AND status.valid_from <= $letter_date AND (status.valid_to IS NULL OR status.valid_to >= $letter_date)
ORDER BY status.province_code_gso
