-- Which totals were announced up to a day? One row per announced total, newest first.
SELECT
    total.indicator,
    total.as_of_date,
    total.announced_count,
    total.out_of,
    total.section,
    document.document_number,
    document.issued_date,
    document.issuing_body,
    document.source_url
FROM core.announced_total AS total
JOIN core.document AS document USING (document_id)
WHERE total.as_of_date <= $as_of
ORDER BY total.as_of_date DESC, total.indicator
