-- One row per document known: read or reported itself, or named by a citation, an amount or a rule.
CREATE TABLE mart.document AS
WITH line AS (
    SELECT vintage, province_code_gso, document_number, document_date,
           min(source_id) AS source_id, min(source_url) AS source_url
    FROM core.budget_line
    WHERE document_number IS NOT NULL
    GROUP BY ALL
), budget AS (
    -- The document that an amount names, where it is known from elsewhere.
    SELECT line.*, known.document_id AS known_id
    FROM line
    LEFT JOIN core.document AS known
      ON known.province_code_gso = line.province_code_gso AND known.document_number = line.document_number
     AND (line.document_date IS NULL OR known.issued_date = line.document_date)
), named AS (
    SELECT cited_id AS document_id, 'citation' AS known_by, cited_vintage AS vintage,
           cited_province_code_gso AS province_code_gso, cited_number AS document_number,
           cited_date AS issued_date, NULL::DATE AS effective_date, NULL AS issuing_body, 'cited' AS strength,
           citation.source_id, citing.source_url
    FROM mart.citation AS citation
    JOIN core.document AS citing USING (document_id)
    WHERE is_known_by_number_only
    UNION ALL
    SELECT 'B-' || left(sha256(concat_ws('|', province_code_gso, document_number, coalesce(document_date::TEXT, ''))), 12),
           'budget', vintage, province_code_gso, document_number, document_date, NULL, NULL, 'cited', source_id, source_url
    FROM budget
    WHERE known_id IS NULL
    UNION ALL
    SELECT 'M-' || left(sha256(document_number), 12), 'map_rule', NULL, NULL, document_number, issued_date,
           effective_date, issuing_body, 'cited', 'map_rules', source_url
    FROM core.map_rule
), found AS (
    SELECT document_id, 'document' AS known_by, vintage, province_code_gso, document_number, kind, title,
           issued_date, effective_date, counts_from_date, date_basis, issuing_body, issuer_level,
           CASE confidence WHEN 'seen_text' THEN 'own_document' WHEN 'cited_by_other_document' THEN 'cited'
                           WHEN 'news' THEN 'news'
                           ELSE CASE WHEN list_contains(flags, 'news_only') THEN 'news'
                                     WHEN document_id IN (SELECT cited_id FROM mart.citation) THEN 'cited' END
           END AS strength,
           stored_text IS NOT NULL AS is_on_file, source_id, source_url, flags
    FROM core.document
    UNION ALL
    SELECT document_id, min(known_by), any_value(vintage), any_value(province_code_gso),
           any_value(document_number), NULL, NULL, any_value(issued_date), any_value(effective_date),
           coalesce(any_value(issued_date), any_value(effective_date)),
           CASE WHEN any_value(issued_date) IS NOT NULL THEN 'issued'
                WHEN any_value(effective_date) IS NOT NULL THEN 'effective' END,
           any_value(issuing_body),
           CASE WHEN any_value(province_code_gso) IS NOT NULL THEN 'province'
                WHEN regexp_matches(any_value(document_number), '(-CP|-TTg|/QH[0-9]+)$') THEN 'government'
                WHEN regexp_matches(any_value(document_number), '/TW$') THEN 'party' ELSE 'ministry' END,
           any_value(strength), FALSE, min(source_id), min(source_url), []
    FROM named
    GROUP BY document_id
), used AS (
    SELECT document_id, indicator AS place FROM core.evidence WHERE document_id IS NOT NULL
    UNION SELECT document_id, indicator FROM mart.adoption
    UNION SELECT document_id, 'related_plan' FROM core.related_plan
    UNION SELECT document_id, 'guidance_letter' FROM core.guidance_letter
    UNION SELECT document_id, 'joint_programme' FROM core.joint_programme
    UNION SELECT document_id, 'announced_total' FROM core.announced_total
    UNION SELECT document_id, 'report_deadline' FROM core.report_deadline
    UNION SELECT document_id, known_by FROM named WHERE known_by <> 'citation'
    UNION SELECT known_id, 'budget' FROM budget WHERE known_id IS NOT NULL
)
SELECT
    found.*,
    coalesce(places.used_in, []) AS used_in,
    found.document_id IN (SELECT cited_id FROM mart.citation WHERE is_expired) AS is_expired,
    found.document_id IN (SELECT cited_id FROM mart.citation WHERE relation = 'replaces') AS is_replaced
FROM found
LEFT JOIN (SELECT document_id, list_sort(list(place)) AS used_in FROM used GROUP BY document_id) AS places
  USING (document_id)
ORDER BY found.document_id;
