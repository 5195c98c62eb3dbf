-- Which units lie on a border route, by which old provinces? One row per old province on the route.
-- Gates keep the code of the old province that they lie in; a length stands for that one alone.
SELECT
    unit.province_code_gso,
    unit.province_name,
    part.province_code_gso AS part_code_gso,
    part.province_name AS part_name,
    part.border_route,
    EXISTS (
        SELECT 1 FROM core.border_gate AS gate
        WHERE gate.province_code_gso = part.province_code_gso
          AND gate.border_route = part.border_route AND gate.gate_class = 'international'
    ) AS has_international_gate,
    part.border_km,
    part.source_url,
    part.flags
FROM mart.province AS unit
JOIN (
    SELECT listed.*, old.province_name
    FROM core.province_border_route AS listed
    JOIN core.province AS old USING (province_code_gso)
) AS part ON list_contains(unit.parts, part.province_code_gso)
WHERE unit.vintage = $vintage
ORDER BY part.border_route, unit.province_code_gso, part.province_code_gso
