-- What is on file for each unit of a vintage? One row per unit: its documents and printed amounts.
WITH part AS (
    SELECT province_code_gso, vintage, province_code_gso AS part_code
    FROM mart.province WHERE vintage = $vintage
    UNION
    SELECT province_code_gso, 2008, unnest(parts)
    FROM mart.province WHERE vintage = $vintage
), document AS (
    SELECT part.province_code_gso, count(*)::INTEGER AS document_count
    FROM part JOIN core.document AS document
      ON (document.vintage, document.province_code_gso) = (part.vintage, part.part_code)
    GROUP BY ALL
), amount AS (
    SELECT part.province_code_gso, count(*)::INTEGER AS amount_count
    FROM part JOIN core.budget_line AS line
      ON (line.vintage, line.province_code_gso) = (part.vintage, part.part_code)
    GROUP BY ALL
)
SELECT
    unit.province_code_gso,
    unit.province_name,
    unit.border_routes,
    coalesce(document_count, 0) AS document_count,
    coalesce(amount_count, 0) AS amount_count
FROM mart.province AS unit
LEFT JOIN document USING (province_code_gso)
LEFT JOIN amount USING (province_code_gso)
WHERE unit.vintage = $vintage
ORDER BY unit.province_code_gso
