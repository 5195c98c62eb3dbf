-- How old is the newest evidence of each indicator on a day? One row per indicator.
SELECT indicator, max(evidence_date) AS newest_date
FROM core.evidence
WHERE nature <> 'reference' AND evidence_date <= $as_of
GROUP BY indicator
ORDER BY indicator
