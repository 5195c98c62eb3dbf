-- Of which years can reports on results be looked at? One row per year, newest first.
SELECT DISTINCT CAST(scope AS INTEGER) AS report_year
FROM mart.status
WHERE indicator = 'result_report'
ORDER BY report_year DESC
