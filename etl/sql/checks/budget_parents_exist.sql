-- The parent of a budget line is a line of the same province.
SELECT part.line_id, part.parent_line_id
FROM core.budget_line AS part
LEFT JOIN core.budget_line AS total ON total.line_id = part.parent_line_id
WHERE part.parent_line_id IS NOT NULL
  AND (total.line_id IS NULL OR total.province_code_gso <> part.province_code_gso OR part.line_id = part.parent_line_id);
