-- The quote of a passage is exactly that slice of the stored text.
SELECT passage.passage_id
FROM core.passage AS passage
LEFT JOIN core.document AS document USING (document_id)
WHERE document.stored_text IS NULL
   OR substr(document.stored_text, passage.start_offset + 1, passage.end_offset - passage.start_offset) <> passage.quote;
