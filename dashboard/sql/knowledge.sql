-- How much is known of each indicator on a day? One row per indicator and scope.
SELECT
    indicator,
    scope,
    count(*) FILTER (WHERE evidence_id IS NULL)::INTEGER AS unknown_count,
    count(*) FILTER (WHERE strength = 'implied')::INTEGER AS implied_count,
    count(*) FILTER (WHERE evidence_id IS NOT NULL AND strength <> 'implied'
                       AND class <> 'not_applicable')::INTEGER AS known_count
FROM mart.status
WHERE vintage = $vintage AND valid_from <= $as_of AND (valid_to IS NULL OR valid_to >= $as_of)
GROUP BY ALL
ORDER BY ALL
