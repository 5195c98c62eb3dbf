-- Which amounts are printed for a choice? One row per line; a parameter that is NULL means any.
-- Undated lines are there: nothing says that they were not known yet.
WITH unit AS (
    -- Every unit of the asked vintage under its own code, and under those of the provinces in it.
    SELECT $vintage::INTEGER AS vintage, province_code_gso AS printed_code_gso, province_code_gso
    FROM mart.province WHERE vintage = $vintage
    UNION ALL
    SELECT 2008, unnest(parts), province_code_gso FROM mart.province
    WHERE vintage = $vintage AND $vintage > 2008
)
SELECT
    line.* EXCLUDE (province_code_gso),
    unit.province_code_gso,
    unit.printed_code_gso
FROM mart.budget_line AS line
JOIN unit ON unit.vintage = line.vintage AND unit.printed_code_gso = line.province_code_gso
WHERE (line.counts_from_date IS NULL OR line.counts_from_date <= $as_of)
  -- No money is disbursed before its first year begins, whatever day is not printed.
  AND (line.stage <> 'disbursed' OR coalesce(line.first_year, 0) <= year($as_of::DATE))
  AND line.scope = $scope
  AND ($programme::TEXT IS NULL OR line.programme = $programme)
  AND ($period::TEXT IS NULL OR line.period = $period)
  AND ($stage::TEXT IS NULL OR line.stage = $stage)
  AND ($level::TEXT IS NULL OR line.level = $level)
  AND ($province::TEXT IS NULL OR unit.province_code_gso = $province)
ORDER BY unit.province_code_gso, line.first_year NULLS LAST, line.last_year, line.line_id
