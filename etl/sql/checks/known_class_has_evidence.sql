-- Every class but the unknown one has evidence; the unknown one has none.
SELECT status.vintage, status.province_code_gso, status.indicator, status.scope, status.class
FROM core.status AS status
WHERE (status.evidence_id IS NULL)
   <> ((status.indicator, status.class) IN (
        ('regulation', 'unverified'), ('human_rights_plan', 'not_named'), ('annual_plan', 'none_known'),
        ('border_route', 'no_evidence'), ('result_report', 'none_known')));
