-- Which activities on a border route do provinces report up to a day? One row per activity.
SELECT
    unit.province_code_gso,
    unit.province_name,
    old.province_name AS old_province_name,
    activity.activity_kind,
    activity.title,
    activity.first_date,
    activity.last_date,
    activity.partner,
    activity.audience_count,
    document.document_number,
    activity.source_url,
    activity.flags
FROM core.border_activity AS activity
JOIN core.administrative_unit AS old USING (vintage, province_code_gso)
JOIN mart.province AS unit
  ON unit.vintage = $vintage
 AND (activity.vintage = 2008 AND list_contains(unit.parts, activity.province_code_gso)
      OR activity.vintage = $vintage AND unit.province_code_gso = activity.province_code_gso)
LEFT JOIN core.document AS document ON document.document_id = activity.document_id
WHERE activity.border_route = $route
  AND (coalesce(activity.first_date, activity.last_date) IS NULL
       OR coalesce(activity.first_date, activity.last_date) <= $as_of)
ORDER BY activity.first_date DESC NULLS LAST, unit.province_code_gso, activity.activity_id
