-- What is the newest that each source tells up to a day, and how strong is it? One row per source.
WITH told AS (
    SELECT source_id, counts_from_date AS told_on, strength, 1 AS documents FROM mart.document
    UNION ALL
    SELECT source_id, evidence_date, strength, 0 FROM core.evidence WHERE nature <> 'reference'
    UNION ALL
    SELECT source_id, observed_date, NULL, 0 FROM core.information_cluster
    UNION ALL
    SELECT source_id, document_date, NULL, 0 FROM core.budget_line
    UNION ALL
    SELECT 'announced_totals', as_of_date, NULL, 0 FROM core.announced_total
    UNION ALL
    SELECT 'letter_findings', letter.counts_from_date, 'named_in_letter', 0
    FROM core.letter_finding JOIN core.document AS letter USING (document_id)
    UNION ALL
    SELECT 'document_facts', read.counts_from_date, NULL, 0
    FROM core.document_fact JOIN core.document AS read USING (document_id)
), counted AS (
    SELECT source_id, strength, sum(documents)::INTEGER AS documents, count(*)::INTEGER AS facts
    FROM told WHERE strength IS NOT NULL
    GROUP BY ALL
)
SELECT
    source.source_id,
    (SELECT max(told_on) FROM told
     WHERE told.source_id = source.source_id AND told_on <= $as_of) AS newest_date,
    EXISTS (SELECT 1 FROM told
            WHERE told.source_id = source.source_id AND told_on > $as_of) AS has_later_content,
    (SELECT list({'strength': strength, 'facts': CASE WHEN documents > 0 THEN documents ELSE facts END}
                 ORDER BY strength)
     FROM counted WHERE counted.source_id = source.source_id) AS strengths
FROM core.source AS source
ORDER BY source.source_id
