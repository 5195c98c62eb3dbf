-- Which plan years can be chosen? One row per year, newest first.
SELECT DISTINCT CAST(scope AS INTEGER) AS plan_year
FROM mart.status
WHERE indicator = 'annual_plan'
ORDER BY plan_year DESC
