-- One row per piece of evidence behind an interval of a status, with its document.
CREATE TABLE mart.evidence AS
SELECT
    link.vintage,
    link.province_code_gso,
    unit.province_name,
    link.indicator,
    link.scope,
    link.valid_from,
    link.role,
    link.ordinal,
    evidence.evidence_id,
    evidence.province_code_gso AS evidence_province_code_gso,
    part.province_name AS evidence_province_name,
    evidence.class,
    evidence.test,
    evidence.nature,
    evidence.strength,
    evidence.evidence_date,
    evidence.date_basis,
    evidence.until_date,
    document.document_id,
    document.document_number,
    document.kind AS document_kind,
    document.issued_date,
    document.issuing_body,
    coalesce(passage.section, evidence.section) AS section,
    passage.document_id AS passage_document_id,
    passage.start_offset,
    passage.end_offset,
    passage.quote,
    evidence.source_id,
    evidence.source_url,
    evidence.flags
FROM core.status_evidence AS link
JOIN core.evidence AS evidence USING (evidence_id)
JOIN core.administrative_unit AS unit
  ON (unit.vintage, unit.province_code_gso) = (link.vintage, link.province_code_gso)
JOIN core.administrative_unit AS part
  ON (part.vintage, part.province_code_gso) = (evidence.vintage, evidence.province_code_gso)
LEFT JOIN core.passage AS passage ON passage.passage_id = evidence.passage_id
LEFT JOIN core.document AS document ON document.document_id = evidence.document_id
ORDER BY link.vintage, link.indicator, link.scope, link.province_code_gso, link.valid_from, link.ordinal;
