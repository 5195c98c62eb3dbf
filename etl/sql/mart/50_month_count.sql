-- One row per month end, vintage, indicator and class: how many provinces had it, and how many of
-- them by a letter's silence alone, with no document of their own. Months run to five years after the newest evidence, so that a
-- later as-of date still finds its month; the page cuts them off there.
CREATE TABLE mart.month_count AS
WITH life AS (
    SELECT min(evidence_date) AS first_day, (SELECT as_of_date FROM core.load_run) + INTERVAL 60 MONTH AS last_day
    FROM core.evidence WHERE nature <> 'reference'
), month AS (
    SELECT unnest(generate_series(date_trunc('month', first_day), date_trunc('month', last_day),
                                  INTERVAL 1 MONTH)) AS first_of_month
    FROM life
), month_end AS (
    SELECT last_day(first_of_month::DATE) AS month_end FROM month
)
SELECT
    status.vintage,
    status.indicator,
    status.scope,
    month_end.month_end,
    status.class,
    count(*)::INTEGER AS province_count,
    count(*) FILTER (
        WHERE status.strength = 'implied'
          AND NOT EXISTS (
              SELECT 1 FROM core.status_evidence AS link
              JOIN core.evidence AS evidence USING (evidence_id)
              WHERE (link.vintage, link.province_code_gso, link.indicator, link.scope, link.valid_from)
                  = (status.vintage, status.province_code_gso, status.indicator, status.scope, status.valid_from)
                AND link.role = 'supports' AND evidence.nature = 'act'
          )
    )::INTEGER AS implied_count
FROM core.status AS status
JOIN month_end
  ON month_end.month_end >= status.valid_from
 AND (status.valid_to IS NULL OR month_end.month_end <= status.valid_to)
WHERE status.indicator IN ('regulation', 'human_rights_plan')
GROUP BY ALL
ORDER BY status.vintage, status.indicator, status.scope, month_end.month_end, status.class;
