-- Which tasks does the guidance letter of a year set? One row per task.
SELECT
    task.guidance_task_id,
    task.ordinal,
    task.title,
    document.document_number,
    document.issued_date,
    document.source_url,
    task.document_id,
    passage.section,
    passage.start_offset,
    passage.end_offset,
    passage.quote
FROM core.guidance_task AS task
JOIN core.document AS document USING (document_id)
LEFT JOIN core.passage AS passage USING (passage_id)
WHERE task.guides_year = $year
  AND (document.counts_from_date IS NULL OR document.counts_from_date <= $as_of)
ORDER BY document.issued_date, document.document_number, passage.start_offset, task.ordinal
