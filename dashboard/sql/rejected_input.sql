-- What was submitted and not loaded? One row per rejected cell, row or file.
SELECT file, "row" AS row_number, "column" AS column_name, value, expected, reason
FROM core.rejected_input
ORDER BY file, "row" NULLS FIRST, "column"
