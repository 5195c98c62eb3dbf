-- Which passages of a document say something that was read? One row per passage and what it gave.
-- `list` names it as the extraction does; `detail` tells one of a kind from another.
WITH given AS (
    SELECT passage_id, 'regulation_statuses' AS list, province_code_gso, vintage, NULL AS detail FROM core.letter_finding
    UNION ALL SELECT passage_id, 'announced_totals', NULL, NULL, announced_count || '/' || out_of FROM core.announced_total
    UNION ALL SELECT passage_id, 'regulations', province_code_gso, vintage, NULL FROM core.regulation
    UNION ALL SELECT passage_id, 'human_rights_plans', province_code_gso, vintage, NULL FROM core.human_rights_plan
    UNION ALL SELECT passage_id, 'annual_plans', province_code_gso, vintage, plan_year::TEXT FROM core.annual_plan
    UNION ALL SELECT passage_id, 'joint_programmes', province_code_gso, vintage, NULL FROM core.joint_programme
    UNION ALL SELECT passage_id, 'tasks', NULL, NULL, ordinal FROM core.guidance_task
    UNION ALL SELECT passage_id, 'tasks', NULL, NULL, ordinal FROM core.plan_task
    UNION ALL
    SELECT coverage.passage_id, 'task_coverage', NULL, NULL, task.ordinal
    FROM core.task_coverage AS coverage JOIN core.guidance_task AS task USING (guidance_task_id)
    UNION ALL SELECT passage_id, 'budget_lines', NULL, NULL, as_printed FROM core.budget_line
    UNION ALL SELECT passage_id, 'topics', NULL, NULL, NULL FROM core.document_topic
    UNION ALL SELECT passage_id, 'information_clusters', NULL, NULL, cluster_name FROM core.information_cluster
    UNION ALL SELECT passage_id, 'report_deadlines', NULL, NULL, NULL FROM core.report_deadline
    UNION ALL SELECT passage_id, 'warnings', NULL, NULL, code FROM core.extraction_warning
    UNION ALL SELECT passage_id, 'citations', NULL, NULL, cited_number FROM core.citation
)
SELECT DISTINCT
    passage.passage_id,
    passage.section,
    passage.start_offset,
    passage.end_offset,
    passage.quote,
    given.list,
    unit.province_name,
    given.detail
FROM core.passage AS passage
JOIN given USING (passage_id)
LEFT JOIN core.administrative_unit AS unit
  ON (unit.vintage, unit.province_code_gso) = (given.vintage, given.province_code_gso)
WHERE passage.document_id = $document_id
ORDER BY passage.start_offset, passage.end_offset, given.list, unit.province_name, given.detail
