-- What was doubtful when documents were read? One row per doubt.
SELECT
    document.document_id,
    document.document_number,
    document.kind,
    document.counts_from_date,
    CASE WHEN own.vintage = $vintage THEN own.province_code_gso ELSE unit.province_code_gso END AS province_code_gso,
    own.province_name,
    doubt.code,
    passage.section,
    passage.start_offset,
    passage.end_offset,
    passage.quote
FROM core.extraction_warning AS doubt
JOIN core.document AS document USING (document_id)
LEFT JOIN mart.province AS own
  ON (own.vintage, own.province_code_gso) = (document.vintage, document.province_code_gso)
LEFT JOIN mart.province AS unit
  ON own.vintage = 2008 AND unit.vintage = $vintage AND list_contains(unit.parts, own.province_code_gso)
LEFT JOIN core.passage AS passage ON passage.passage_id = doubt.passage_id
ORDER BY document.counts_from_date DESC NULLS LAST, document.document_id, doubt.ordinal
