-- Which class had each unit on two days, and which document moved it? One row per unit.
-- `compared_on` is $since, or the first day of the indicator where that is later.
WITH first_day AS (
    SELECT greatest(min(valid_from), CAST($since AS DATE)) AS compared_on
    FROM mart.status
    WHERE vintage = $vintage AND indicator = $indicator AND scope = $scope
), before AS (
    SELECT status.province_code_gso, status.class, status.part_classes, first_day.compared_on
    FROM mart.status AS status
    JOIN first_day
      ON status.valid_from <= first_day.compared_on
     AND (status.valid_to IS NULL OR status.valid_to >= first_day.compared_on)
    WHERE vintage = $vintage AND indicator = $indicator AND scope = $scope
)
SELECT
    after.province_code_gso,
    after.province_name,
    before.compared_on,
    before.class AS class_before,
    after.class AS class_after,
    before.part_classes AS part_classes_before,
    after.part_classes AS part_classes_after,
    moved.valid_from AS changed_on,
    moved.document_number,
    moved.issued_date,
    moved.issuing_body,
    moved.nature,
    moved.strength,
    moved.evidence_date,
    moved.source_url,
    moved.flags
FROM mart.status AS after
JOIN before USING (province_code_gso)
JOIN mart.status AS moved
  ON (moved.vintage, moved.province_code_gso, moved.indicator, moved.scope, moved.valid_from)
   = (after.vintage, after.province_code_gso, after.indicator, after.scope, after.class_since)
WHERE before.compared_on <= $as_of
  AND after.vintage = $vintage AND after.indicator = $indicator AND after.scope = $scope
  AND after.valid_from <= $as_of AND (after.valid_to IS NULL OR after.valid_to >= $as_of)
ORDER BY after.province_code_gso
