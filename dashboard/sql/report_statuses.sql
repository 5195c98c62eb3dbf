-- Which class of result_report has each unit for a year on a day, and by when are reports due?
-- One row per unit; none for a year of which neither a deadline nor a report is known.
SELECT
    status.province_code_gso,
    status.class,
    status.part_classes,
    (
        SELECT deadline.until_date FROM core.evidence AS deadline
        WHERE deadline.indicator = 'result_report' AND deadline.nature = 'report'
          AND deadline.scope = $scope AND deadline.evidence_date <= $as_of
        ORDER BY deadline.evidence_date DESC, deadline.until_date DESC LIMIT 1
    ) AS due_date
FROM mart.status AS status
WHERE status.indicator = 'result_report' AND status.scope = $scope
  AND status.vintage = $vintage
  AND $as_of BETWEEN status.valid_from AND coalesce(status.valid_to, DATE '9999-12-31')
ORDER BY status.province_code_gso
