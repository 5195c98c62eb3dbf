-- One row per stored text: its words, folded, with one blank between them, to be searched in.
-- The two variables are domain/searching.py: which letters are looked for as which.
CREATE TABLE mart.document_text AS
WITH words AS (
    SELECT document_id,
           translate(stored_text, getvariable('searched_letters'), getvariable('searched_as')) AS words
    FROM core.document
    WHERE stored_text IS NOT NULL
)
SELECT document_id,
       ' ' || replace(replace(replace(replace(words, '        ', ' '), '    ', ' '), '  ', ' '), '  ', ' ') || ' ' AS searched_text
FROM words;
