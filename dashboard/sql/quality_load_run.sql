-- Which run built a snapshot? One row.
SELECT snapshot, finished_at, as_of_date, rows_loaded, rows_rejected, contradictions
FROM core.load_run
