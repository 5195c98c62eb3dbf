-- Which document names which, and how? One row per citation between two known documents.
SELECT document_id, cited_id, relation, is_expired, cited_date, section
FROM mart.citation
ORDER BY document_id, relation, cited_id
