-- In which stored texts do all words and phrases stand? One row per document.
-- Each term is " folded words ", so that a word is found as a whole.
SELECT document_id, contains(searched_text, $together) AS is_together
FROM mart.document_text
WHERE len(list_filter($terms, lambda term: NOT contains(searched_text, term))) = 0
ORDER BY document_id
