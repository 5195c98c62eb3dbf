-- Which sources is a snapshot made of? One row per input file.
SELECT source_id, file, is_declared, title, title_en, producer, address, licence, cannot_tell,
       cannot_tell_en, received_date, row_count
FROM core.source
ORDER BY is_declared DESC, source_id
