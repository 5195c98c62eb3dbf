-- Whose status differs between two days, and by which document? One row per (province, indicator).
WITH before AS (
    SELECT province_code_gso, indicator, scope, class
    FROM mart.status
    WHERE vintage = $vintage AND indicator IN ('regulation', 'human_rights_plan')
      AND valid_from <= $since AND (valid_to IS NULL OR valid_to >= $since)
)
SELECT
    after.province_code_gso,
    after.province_name,
    after.indicator,
    before.class AS from_class,
    after.class AS to_class,
    moved.valid_from AS changed_on,
    moved.document_number,
    moved.issued_date,
    moved.strength,
    moved.source_url
FROM mart.status AS after
JOIN before USING (province_code_gso, indicator, scope)
JOIN mart.status AS moved
  ON (moved.vintage, moved.province_code_gso, moved.indicator, moved.scope, moved.valid_from)
   = (after.vintage, after.province_code_gso, after.indicator, after.scope, after.class_since)
WHERE after.vintage = $vintage
  AND after.valid_from <= $as_of
  AND (after.valid_to IS NULL OR after.valid_to >= $as_of)
  AND before.class <> after.class
ORDER BY moved.valid_from DESC, after.indicator, after.province_code_gso
