-- One row per printed amount, with the totals above it, the amounts that contradict it and the day
-- from which it counts (of its document, else the day up to which it was counted; else unknown).
CREATE TABLE mart.budget_line AS
WITH RECURSIVE above AS (
    -- UNION, not UNION ALL: lines that name each other as parent must not run for ever.
    SELECT line_id, parent_line_id AS total_id FROM core.budget_line WHERE parent_line_id IS NOT NULL
    UNION
    SELECT above.line_id, line.parent_line_id
    FROM above
    JOIN core.budget_line AS line ON line.line_id = above.total_id
    WHERE line.parent_line_id IS NOT NULL
), total_ids AS (
    SELECT line_id, list_sort(list(total_id)) AS total_ids FROM above GROUP BY line_id
), dispute AS (
    SELECT stated_reference AS line_id, contradicted_by_reference AS other_id
    FROM core.contradiction WHERE indicator = 'budget'
    UNION
    SELECT contradicted_by_reference, stated_reference
    FROM core.contradiction WHERE indicator = 'budget'
), disputed AS (
    SELECT line_id, list_sort(list(other_id)) AS disputed_ids FROM dispute GROUP BY line_id
)
SELECT
    line.vintage,
    line.province_code_gso,
    unit.province_name,
    line.line_id,
    line.parent_line_id,
    coalesce(total_ids.total_ids, []) AS total_ids,
    coalesce(disputed.disputed_ids, []) AS disputed_ids,
    line.is_total,
    -- District amounts and money moved between projects say nothing of a province's whole.
    line.level = 'province' AND NOT list_contains(line.flags, 'reallocation') AS is_of_province,
    line.scope,
    line.programme,
    line.component,
    line.funding_source,
    line.stage,
    line.level,
    line.first_year,
    line.last_year,
    CASE
        WHEN line.first_year IS NULL THEN 'unknown'
        WHEN line.first_year = line.last_year THEN line.first_year::TEXT
        ELSE line.first_year || '-' || line.last_year
    END AS period,
    line.amount_million_vnd,
    line.as_printed,
    line.is_rounded,
    line.share_disbursed_pct,
    line.share_rounding,
    line.counted_until,
    line.counted_until_precision,
    line.document_number,
    line.document_date,
    CASE WHEN line.stage = 'disbursed' THEN coalesce(line.document_date, line.counted_until)
         ELSE line.document_date END AS counts_from_date,
    line.source_url,
    line.flags
FROM core.budget_line AS line
JOIN core.administrative_unit AS unit USING (vintage, province_code_gso)
LEFT JOIN total_ids USING (line_id)
LEFT JOIN disputed USING (line_id)
ORDER BY line.vintage, line.province_code_gso, line.scope, line.programme, line.first_year, line.line_id;
