-- Which letter guides the plans of each year? One row per annual guidance letter.
SELECT
    letter.guides_year,
    document.document_id,
    document.document_number,
    document.issued_date,
    document.counts_from_date,
    document.issuing_body,
    document.source_url,
    document.stored_sha256 IS NOT NULL AS is_on_file
FROM core.guidance_letter AS letter
JOIN core.document AS document USING (document_id)
WHERE letter.guides_year IS NOT NULL
ORDER BY letter.guides_year DESC, document.issued_date, document.document_number
