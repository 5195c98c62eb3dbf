-- On which border routes does a unit lie, and how long is each by its source? One row per part and route.
SELECT
    route.border_route,
    old.province_name,
    $vintage <> 2008 AS is_of_part,
    route.border_km,
    route.source_url,
    route.flags
FROM mart.province AS unit
JOIN core.province_border_route AS route ON list_contains(unit.parts, route.province_code_gso)
JOIN core.province AS old ON old.province_code_gso = route.province_code_gso
JOIN core.border_route AS known ON known.border_route = route.border_route
WHERE unit.vintage = $vintage AND unit.province_code_gso = $province
ORDER BY known.ordinal, old.province_name
