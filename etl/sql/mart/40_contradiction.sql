-- One row per contradiction about a status, with both documents.
CREATE TABLE mart.contradiction AS
SELECT
    found.vintage,
    found.province_code_gso,
    unit.province_name,
    found.indicator,
    found.scope,
    found.as_of_date,
    found.stated,
    found.contradicted_by,
    coalesce(stated_document.document_number, stated_line.document_number) AS stated_number,
    coalesce(stated_document.issued_date, stated_line.document_date) AS stated_date,
    coalesce(stated.source_url, stated_line.source_url) AS stated_url,
    stated_line.as_printed AS stated_as_printed,
    coalesce(against_document.document_number, against_line.document_number) AS contradicted_by_number,
    coalesce(against_document.issued_date, against_line.document_date) AS contradicted_by_date,
    coalesce(against.source_url, against_line.source_url) AS contradicted_by_url,
    against_line.as_printed AS contradicted_by_as_printed
FROM core.contradiction AS found
JOIN core.administrative_unit AS unit USING (vintage, province_code_gso)
LEFT JOIN core.evidence AS stated ON stated.evidence_id = found.stated_reference
LEFT JOIN core.evidence AS against ON against.evidence_id = found.contradicted_by_reference
LEFT JOIN core.document AS stated_document
       ON stated_document.document_id = coalesce(stated.document_id, found.stated_reference)
LEFT JOIN core.document AS against_document
       ON against_document.document_id = coalesce(against.document_id, found.contradicted_by_reference)
LEFT JOIN core.budget_line AS stated_line
       ON found.indicator = 'budget' AND stated_line.line_id = found.stated_reference
LEFT JOIN core.budget_line AS against_line
       ON found.indicator = 'budget' AND against_line.line_id = found.contradicted_by_reference
ORDER BY found.as_of_date, found.indicator, found.province_code_gso;
