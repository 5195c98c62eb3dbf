-- Intervals of a status must touch without gap or overlap and span the life of the vintage.
SELECT timelines.*
FROM (
    SELECT *,
        lead(valid_from) OVER timeline AS next_from,
        row_number() OVER timeline AS ordinal,
        min(valid_from) OVER (PARTITION BY vintage, indicator, scope) AS earliest
    FROM core.status
    WINDOW timeline AS (PARTITION BY vintage, province_code_gso, indicator, scope ORDER BY valid_from)
) AS timelines
JOIN core.administrative_unit AS unit USING (vintage, province_code_gso)
WHERE (next_from IS NOT NULL AND timelines.valid_to + 1 IS DISTINCT FROM next_from)
   OR (next_from IS NULL AND timelines.valid_to IS DISTINCT FROM unit.valid_to)
   -- All units begin on one day: that of the vintage, or that of the decision an indicator rests on.
   OR (ordinal = 1 AND (timelines.valid_from <> earliest OR timelines.valid_from < unit.valid_from));
