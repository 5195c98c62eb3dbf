-- Which amounts of a unit and of its parts are printed? One row per printed amount.
WITH unit AS (
    SELECT $vintage AS vintage, province_code_gso FROM mart.province
    WHERE vintage = $vintage AND province_code_gso = $province
    UNION
    SELECT 2008, unnest(parts) FROM mart.province
    WHERE vintage = $vintage AND province_code_gso = $province
)
SELECT
    line.line_id,
    place.province_name,
    line.vintage <> $vintage AS is_of_part,
    line.parent_line_id,
    line.is_total,
    line.first_year,
    line.last_year,
    line.programme,
    line.funding_source,
    line.stage,
    line.scope,
    line.level,
    line.amount_million_vnd,
    line.as_printed,
    line.is_rounded,
    line.document_number,
    line.document_date,
    line.source_url,
    line.flags,
    parent.as_printed AS parent_as_printed,
    EXISTS (
        SELECT 1 FROM core.contradiction AS found
        WHERE found.indicator = 'budget'
          AND line.line_id IN (found.stated_reference, found.contradicted_by_reference)
    ) AS has_contradiction
FROM core.budget_line AS line
JOIN unit USING (vintage, province_code_gso)
JOIN core.administrative_unit AS place
  ON (place.vintage, place.province_code_gso) = (line.vintage, line.province_code_gso)
LEFT JOIN core.budget_line AS parent ON parent.line_id = line.parent_line_id
ORDER BY line.scope, line.programme, line.first_year NULLS LAST, line.last_year,
         coalesce(line.parent_line_id, line.line_id), line.parent_line_id NULLS FIRST, line.line_id
