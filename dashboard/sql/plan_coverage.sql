-- What do the plans of a year say of each guidance task? One row per plan and task compared.
SELECT
    coverage.document_id,
    coverage.guidance_task_id,
    coverage.class,
    coverage.decided_by,
    passage.section,
    passage.quote
FROM core.task_coverage AS coverage
JOIN core.guidance_task AS task USING (guidance_task_id)
LEFT JOIN core.passage AS passage ON passage.passage_id = coverage.passage_id
WHERE task.guides_year = $year
ORDER BY coverage.document_id, coverage.guidance_task_id
