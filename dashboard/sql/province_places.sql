-- Which border gates and observations of information clusters has a unit? One row per gate or observation.
WITH part AS (
    SELECT unnest(parts) AS province_code_gso FROM mart.province
    WHERE vintage = $vintage AND province_code_gso = $province
)
SELECT
    'gate' AS kind,
    gate.gate_name AS place_name,
    gate.border_route,
    gate.gate_class AS state,
    gate.latitude IS NOT NULL AS has_position,
    gate.is_approximate,
    NULL::DATE AS observed_date,
    NULL AS date_basis,
    old.province_name,
    $vintage <> 2008 AS is_of_part,
    gate.source_url,
    gate.flags
FROM core.border_gate AS gate
JOIN part USING (province_code_gso)
JOIN core.province AS old USING (province_code_gso)
UNION ALL
SELECT
    'cluster', cluster.cluster_name, cluster.border_route, cluster.state,
    gate.latitude IS NOT NULL, coalesce(gate.is_approximate, false),
    cluster.observed_date, cluster.date_basis, old.province_name,
    cluster.vintage <> $vintage, cluster.source_url, cluster.flags
FROM core.information_cluster AS cluster
JOIN mart.province AS unit ON unit.vintage = $vintage AND unit.province_code_gso = $province
JOIN core.administrative_unit AS old
  ON (old.vintage, old.province_code_gso) = (cluster.vintage, cluster.province_code_gso)
LEFT JOIN core.border_gate AS gate USING (border_gate_id)
WHERE (cluster.vintage = 2008 AND list_contains(unit.parts, cluster.province_code_gso)
       OR cluster.vintage = $vintage AND cluster.province_code_gso = $province)
  AND (cluster.observed_date IS NULL OR cluster.observed_date <= $as_of)
ORDER BY ALL
