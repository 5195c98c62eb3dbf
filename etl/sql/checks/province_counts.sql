-- There are 63 provinces of 2008 and 34 units of 2025, and every old province has one successor.
SELECT vintage, count(*) AS units
FROM core.administrative_unit GROUP BY vintage
HAVING count(*) <> CASE vintage WHEN 2008 THEN 63 ELSE 34 END
UNION ALL
SELECT 2025, count(*) FROM core.succession HAVING count(*) <> 63;
