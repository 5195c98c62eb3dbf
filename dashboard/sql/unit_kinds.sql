-- Is a unit a province or a centrally run city? One row per unit of each vintage.
SELECT
    vintage,
    province_code_gso,
    province_name,
    unit_kind
FROM core.administrative_unit
ORDER BY vintage, province_code_gso
