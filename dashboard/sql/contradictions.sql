-- Which sources disagree up to a day? One row per contradiction, by the code of the asked vintage.
SELECT
    coalesce(unit.province_code_gso, found.province_code_gso) AS province_code_gso,
    found.province_name,
    found.indicator,
    found.scope,
    found.as_of_date,
    found.stated,
    found.contradicted_by,
    found.stated_number,
    found.stated_date,
    found.stated_url,
    found.stated_as_printed,
    found.contradicted_by_number,
    found.contradicted_by_date,
    found.contradicted_by_url,
    found.contradicted_by_as_printed
FROM mart.contradiction AS found
LEFT JOIN mart.province AS unit
  ON found.vintage = 2008 AND unit.vintage = $vintage AND list_contains(unit.parts, found.province_code_gso)
WHERE found.as_of_date <= $as_of
ORDER BY found.indicator, found.as_of_date, found.province_code_gso
