-- The deciding evidence of a status is its first link, and only statuses with evidence have links.
SELECT status.vintage, status.province_code_gso, status.indicator, status.scope, status.valid_from
FROM core.status AS status
LEFT JOIN core.status_evidence AS link
  ON (link.vintage, link.province_code_gso, link.indicator, link.scope, link.valid_from, link.ordinal)
   = (status.vintage, status.province_code_gso, status.indicator, status.scope, status.valid_from, 1)
WHERE status.evidence_id IS DISTINCT FROM link.evidence_id;
