-- Which gates lie on a border route, and which airports on none? One row per gate.
-- A district is given only where its place was found: else nobody has checked that it is one.
SELECT
    gate.border_gate_id,
    gate.gate_name,
    unit.province_code_gso,
    unit.province_name,
    old.province_name AS old_province_name,
    gate.border_route,
    gate.gate_class,
    gate.transport,
    gate.latitude,
    gate.longitude,
    gate.is_approximate,
    gate.counterpart,
    gate.commune,
    CASE WHEN gate.latitude IS NOT NULL THEN gate.district END AS district,
    CASE WHEN gate.latitude IS NULL THEN 'none' ELSE gate.placement END AS placement,
    gate.confidence,
    gate.source_url,
    gate.flags
FROM core.border_gate AS gate
JOIN core.province AS old USING (province_code_gso)
JOIN mart.province AS unit
  ON unit.vintage = $vintage AND list_contains(unit.parts, gate.province_code_gso)
WHERE gate.border_route = $route OR gate.border_route IS NULL
ORDER BY
    gate.border_route NULLS LAST,
    list_position(['international', 'main', 'secondary'], gate.gate_class),
    gate.province_code_gso,
    gate.gate_name
