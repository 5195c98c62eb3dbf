-- Which class has each province for each plan year, from when to when? One row per interval.
SELECT
    scope::INTEGER AS plan_year,
    province_code_gso,
    province_name,
    class,
    valid_from,
    valid_to
FROM mart.status
WHERE vintage = $vintage AND indicator = 'annual_plan'
ORDER BY plan_year, province_code_gso, valid_from
