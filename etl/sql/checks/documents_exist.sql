-- Every row about a document points to a document.
SELECT 'evidence' AS of_table, e.document_id
FROM core.evidence AS e ANTI JOIN core.document AS d USING (document_id) WHERE e.document_id IS NOT NULL
UNION ALL SELECT 'regulation', r.document_id FROM core.regulation AS r ANTI JOIN core.document AS d USING (document_id)
UNION ALL SELECT 'human_rights_plan', p.document_id FROM core.human_rights_plan AS p ANTI JOIN core.document AS d USING (document_id)
UNION ALL SELECT 'annual_plan', p.document_id FROM core.annual_plan AS p ANTI JOIN core.document AS d USING (document_id)
UNION ALL SELECT 'citation', c.document_id FROM core.citation AS c ANTI JOIN core.document AS d USING (document_id);
