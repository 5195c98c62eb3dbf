-- What can be chosen, and which units have a figure for it? One row per scope, programme, period and
-- stage; district amounts and money moved between projects are no figures of a province.
WITH unit AS (
    SELECT $vintage::INTEGER AS vintage, province_code_gso AS printed_code_gso, province_code_gso
    FROM mart.province WHERE vintage = $vintage
    UNION ALL
    SELECT 2008, unnest(parts), province_code_gso FROM mart.province
    WHERE vintage = $vintage AND $vintage > 2008
)
SELECT
    line.scope,
    line.programme,
    line.period,
    line.first_year,
    line.last_year,
    line.stage,
    count(*)::INTEGER AS line_count,
    list_sort(list(DISTINCT unit.province_code_gso)) AS unit_codes
FROM mart.budget_line AS line
JOIN unit ON unit.vintage = line.vintage AND unit.printed_code_gso = line.province_code_gso
WHERE line.is_of_province
  AND (line.counts_from_date IS NULL OR line.counts_from_date <= $as_of)
  -- No money is disbursed before its first year begins, whatever day is not printed.
  AND (line.stage <> 'disbursed' OR coalesce(line.first_year, 0) <= year($as_of::DATE))
GROUP BY ALL
ORDER BY line.scope, line.programme, line.first_year NULLS LAST, line.last_year, line.stage
