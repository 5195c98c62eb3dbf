-- Each unit of a vintage must have a status for every indicator and scope of that vintage.
SELECT unit.vintage, unit.province_code_gso, wanted.indicator, wanted.scope
FROM core.administrative_unit AS unit
JOIN (SELECT DISTINCT vintage, indicator, scope FROM core.status) AS wanted USING (vintage)
ANTI JOIN core.status AS status
  ON (status.vintage, status.province_code_gso, status.indicator, status.scope)
   = (unit.vintage, unit.province_code_gso, wanted.indicator, wanted.scope);
