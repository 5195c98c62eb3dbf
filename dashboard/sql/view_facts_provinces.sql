-- Which units can be chosen, with their parts and border routes? One row per vintage and unit.
SELECT
    vintage,
    province_code_gso,
    province_name,
    parts,
    border_routes
FROM mart.province
ORDER BY vintage, province_code_gso
