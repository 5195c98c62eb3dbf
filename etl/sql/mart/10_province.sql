-- One row per province-level unit of each vintage, with its routes and the old provinces in it.
CREATE TABLE mart.province AS
WITH part AS (
    SELECT 2008 AS vintage, province_code_gso, province_code_gso AS part_code FROM core.province
    UNION ALL
    SELECT 2025, new_province_code_gso, old_province_code_gso FROM core.succession
), grouped AS (
    SELECT
        part.vintage,
        part.province_code_gso,
        list_sort(list(DISTINCT part.part_code)) AS parts,
        coalesce(list(DISTINCT route.border_route ORDER BY route.border_route)
                 FILTER (WHERE route.border_route IS NOT NULL), []) AS border_routes
    FROM part
    LEFT JOIN core.province_border_route AS route ON route.province_code_gso = part.part_code
    GROUP BY ALL
)
SELECT
    unit.vintage,
    unit.province_code_gso,
    unit.province_name,
    unit.unit_kind,
    len(list_filter(grouped.border_routes, lambda r: r <> 'sea')) > 0 AS is_land_border,
    list_contains(grouped.border_routes, 'sea') AS is_coastal,
    grouped.border_routes,
    grouped.parts,
    unit.valid_from,
    unit.valid_to
FROM core.administrative_unit AS unit
LEFT JOIN grouped USING (vintage, province_code_gso)
ORDER BY unit.vintage, unit.province_code_gso;
