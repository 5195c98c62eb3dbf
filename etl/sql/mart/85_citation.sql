-- One row per citation, with the document it means: a known one, else one known by its number alone.
CREATE TABLE mart.citation AS
WITH placed AS (
    SELECT
        citation.*,
        citing.vintage,
        -- A number of the party, the government or a ministry is national; others stay at home.
        CASE WHEN NOT regexp_matches(citation.cited_number, '(-CP|-TTg|/TW|BTTTT(-[A-ZĐ]+)?|/QH[0-9]+)$')
             THEN citing.province_code_gso END AS cited_province_code_gso
    FROM core.citation AS citation
    JOIN core.document AS citing USING (document_id)
)
SELECT
    document_id,
    coalesce(
        cited_document_id,
        'N-' || left(sha256(concat_ws('|', coalesce(cited_province_code_gso, ''), cited_number,
                                      coalesce(cited_date::TEXT, ''))), 12)
    ) AS cited_id,
    cited_document_id IS NULL AS is_known_by_number_only,
    relation,
    coalesce(is_expired, FALSE) AS is_expired,
    cited_number,
    cited_date,
    CASE WHEN cited_province_code_gso IS NOT NULL THEN vintage END AS cited_vintage,
    cited_province_code_gso,
    section,
    source_id
FROM placed
ORDER BY ALL;
