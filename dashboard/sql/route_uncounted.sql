-- What is known of the tests of a route and yet evidences nothing on a day? One row per fact.
-- `reason`: notice (passes a programme on), undated, over (its time has passed), not_standing (a
-- cluster planned, proposed or closed), no_gate (a cluster at no international gate of the route).
WITH valid AS (
    SELECT document_id, source_id, row_number
    FROM core.evidence
    WHERE indicator = 'border_route' AND scope = $route AND test <> ''
      AND evidence_date <= $as_of AND (until_date IS NULL OR until_date >= $as_of)
), known AS (
    SELECT 'joint_programme' AS test, programme.vintage, programme.province_code_gso,
           document.document_number AS number, document.counts_from_date AS known_date,
           document.date_basis, document.issuing_body, '' AS cluster_name,
           document.source_url, document.flags,
           CASE WHEN NOT programme.is_counted THEN 'notice'
                WHEN document.counts_from_date IS NULL THEN 'undated' ELSE 'over' END AS reason
    FROM core.joint_programme AS programme
    JOIN core.document AS document USING (document_id)
    WHERE document_id NOT IN (SELECT document_id FROM valid WHERE document_id IS NOT NULL)
    UNION ALL
    SELECT 'plan', document.vintage, document.province_code_gso, document.document_number,
           document.counts_from_date, document.date_basis, document.issuing_body, '',
           document.source_url, document.flags,
           CASE WHEN document.counts_from_date IS NULL THEN 'undated' ELSE 'over' END
    FROM core.document_fact AS fact
    JOIN core.document AS document USING (document_id)
    WHERE fact.fact = 'border_routes_covered'
      AND list_contains(regexp_split_to_array(fact.value, ';\s*'), $route)
      AND document_id NOT IN (SELECT document_id FROM valid WHERE document_id IS NOT NULL)
    UNION ALL
    SELECT 'cluster', cluster.vintage, cluster.province_code_gso, cluster.document_number,
           cluster.observed_date, cluster.date_basis, NULL, cluster.cluster_name,
           cluster.source_url, cluster.flags,
           CASE WHEN cluster.state NOT IN ('operating', 'needs_repair') THEN 'not_standing'
                WHEN cluster.border_route IS NULL OR gate.gate_class <> 'international' THEN 'no_gate'
                WHEN cluster.observed_date IS NULL THEN 'undated' ELSE 'over' END
    FROM core.information_cluster AS cluster
    LEFT JOIN core.border_gate AS gate USING (border_gate_id)
    WHERE (cluster.border_route = $route OR cluster.border_route IS NULL)
      AND (cluster.source_id, cluster.row_number) NOT IN (
          SELECT (source_id, row_number) FROM valid WHERE row_number IS NOT NULL)
)
SELECT unit.province_code_gso, unit.province_name, old.province_name AS old_province_name,
       known.* EXCLUDE (vintage, province_code_gso)
FROM known
JOIN core.administrative_unit AS old
  ON (old.vintage, old.province_code_gso) = (known.vintage, known.province_code_gso)
JOIN mart.province AS unit
  ON unit.vintage = $vintage
 AND (known.vintage = 2008 AND list_contains(unit.parts, known.province_code_gso)
      OR known.vintage = $vintage AND unit.province_code_gso = known.province_code_gso)
WHERE list_contains(unit.border_routes, $route)
  AND (known.vintage <> 2008 OR EXISTS (
      SELECT 1 FROM core.province_border_route AS listed
      WHERE listed.province_code_gso = known.province_code_gso AND listed.border_route = $route))
  AND (known.known_date IS NULL OR known.known_date <= $as_of)
ORDER BY unit.province_code_gso, known.test, known.known_date NULLS LAST, known.source_url
