-- Which reports on a year's results were received up to a day? One row per report.
SELECT
    report.vintage,
    report.province_code_gso,
    own.province_name,
    report.received_date,
    document.document_number,
    document.issued_date,
    document.issuing_body,
    document.source_url
FROM core.result_report AS report
JOIN core.document AS document USING (document_id)
JOIN mart.province AS own
  ON own.vintage = report.vintage AND own.province_code_gso = report.province_code_gso
WHERE report.report_year = $year AND report.received_date <= $as_of
ORDER BY report.received_date, report.province_code_gso
