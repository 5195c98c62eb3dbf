-- What do some documents say in full? One row per stored text.
SELECT document_id, stored_text, original_name
FROM core.document
WHERE list_contains($document_ids, document_id) AND stored_text IS NOT NULL
ORDER BY document_id
