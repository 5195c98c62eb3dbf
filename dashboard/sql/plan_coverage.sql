-- What do the plans of a year say of each guidance task? One row per plan and task compared.
SELECT
    coverage.document_id,
    coverage.guidance_task_id,
    coverage.class,
    coverage.decided_by,
    passage.section,
    passage.start_offset,
    passage.end_offset,
    passage.quote,
    said.person,
    said.decided_at,
    said.reason,
    plan.document_number,
    plan.kind,
    plan.counts_from_date,
    coalesce(unit.province_code_gso, plan.province_code_gso) AS province_code_gso,
    coalesce(unit.province_name, own.province_name) AS province_name,
    own.province_name AS own_name
FROM core.task_coverage AS coverage
JOIN core.guidance_task AS task USING (guidance_task_id)
JOIN core.document AS letter ON letter.document_id = task.document_id
JOIN core.document AS plan ON plan.document_id = coverage.document_id
JOIN mart.province AS own
  ON (own.vintage, own.province_code_gso) = (coalesce(plan.vintage, 2008), plan.province_code_gso)
LEFT JOIN mart.province AS unit
  ON own.vintage = 2008 AND unit.vintage = $vintage AND list_contains(unit.parts, plan.province_code_gso)
LEFT JOIN core.passage AS passage ON passage.passage_id = coverage.passage_id
LEFT JOIN (
    -- The last word of a person about one cell: coverage:<sha256>:<letter>:<task>.
    SELECT split_part(subject, ':', 2) AS sha256, split_part(subject, ':', 3) AS letter_number,
           split_part(subject, ':', 4) AS ordinal, max_by(person, decided_at) AS person,
           max(decided_at) AS decided_at, max_by(reason, decided_at) AS reason
    FROM core.decision
    WHERE subject LIKE 'coverage:%'
    GROUP BY ALL
) AS said
  ON (said.sha256, said.letter_number, said.ordinal) = (plan.stored_sha256, letter.document_number, task.ordinal)
 AND coverage.decided_by = 'person'
WHERE task.guides_year = $year AND own.vintage <= $vintage
ORDER BY coverage.document_id, coverage.guidance_task_id
