-- A contradiction has two different versions, the act dated before the report.
SELECT found.province_code_gso, found.indicator, found.stated, found.contradicted_by
FROM core.contradiction AS found
LEFT JOIN core.evidence AS stated ON stated.evidence_id = found.stated_reference
LEFT JOIN core.evidence AS against ON against.evidence_id = found.contradicted_by_reference
WHERE found.stated = found.contradicted_by
   OR (stated.evidence_id IS NOT NULL AND against.evidence_date >= stated.evidence_date);
