-- What is on file for each unit of a vintage? One row per unit: its documents and printed amounts.
SELECT
    unit.province_code_gso,
    unit.province_name,
    unit.border_routes,
    count(DISTINCT document.document_id)::INTEGER AS document_count,
    count(DISTINCT line.line_id)::INTEGER AS amount_count
FROM mart.province AS unit
LEFT JOIN core.document AS document
  ON document.vintage = 2008 AND list_contains(unit.parts, document.province_code_gso)
  OR document.vintage = unit.vintage AND document.province_code_gso = unit.province_code_gso
LEFT JOIN core.budget_line AS line
  ON line.vintage = 2008 AND list_contains(unit.parts, line.province_code_gso)
  OR line.vintage = unit.vintage AND line.province_code_gso = unit.province_code_gso
WHERE unit.vintage = $vintage
GROUP BY ALL
ORDER BY unit.province_code_gso
