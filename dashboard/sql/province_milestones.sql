-- Which annual guidance letters had the ministry sent by a day? One row per letter.
SELECT guidance.guides_year, document.document_number, document.issued_date, document.issuing_body, document.source_url
FROM core.guidance_letter AS guidance
JOIN core.document AS document USING (document_id)
WHERE guidance.guides_year IS NOT NULL AND document.issued_date <= $as_of
ORDER BY document.issued_date
