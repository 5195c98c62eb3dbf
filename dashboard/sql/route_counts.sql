-- How many provinces of each route are covered on a day? One row per route and class.
SELECT scope AS border_route, class, count(*)::INTEGER AS province_count
FROM mart.status
WHERE vintage = $vintage AND indicator = 'border_route' AND class <> 'not_applicable'
  AND valid_from <= $as_of AND (valid_to IS NULL OR valid_to >= $as_of)
GROUP BY ALL
ORDER BY ALL
