-- How were the information clusters of a route observed up to a day? One row per observation.
-- A cluster at no gate of a route is listed where its province lies; `is_latest` marks the newest
-- dated observation of each cluster, which gives its state on the day.
SELECT
    cluster.cluster_name,
    unit.province_code_gso,
    unit.province_name,
    old.province_name AS old_province_name,
    cluster.gate_name,
    gate.gate_class,
    gate.latitude,
    gate.longitude,
    gate.is_approximate,
    cluster.state,
    cluster.observed_date,
    cluster.date_basis,
    cluster.document_number,
    cluster.source_url,
    cluster.flags,
    cluster.observed_date IS NOT NULL AND row_number() OVER (
        PARTITION BY cluster.vintage, cluster.province_code_gso, cluster.cluster_name
        ORDER BY cluster.observed_date DESC NULLS LAST, cluster.observation_id
    ) = 1 AS is_latest
FROM core.information_cluster AS cluster
JOIN core.administrative_unit AS old USING (vintage, province_code_gso)
JOIN mart.province AS unit
  ON unit.vintage = $vintage
 AND (cluster.vintage = 2008 AND list_contains(unit.parts, cluster.province_code_gso)
      OR cluster.vintage = $vintage AND unit.province_code_gso = cluster.province_code_gso)
LEFT JOIN core.border_gate AS gate USING (border_gate_id)
WHERE (cluster.observed_date IS NULL OR cluster.observed_date <= $as_of)
  AND (cluster.border_route = $route
       OR cluster.border_route IS NULL AND list_contains(unit.border_routes, $route))
ORDER BY unit.province_code_gso, cluster.cluster_name, cluster.observed_date DESC NULLS LAST,
         cluster.observation_id
