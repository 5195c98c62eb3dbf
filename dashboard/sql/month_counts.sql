-- How many provinces had each class at the end of each month? One row per month end and class.
SELECT month_end, class, province_count, implied_count
FROM mart.month_count
WHERE vintage = $vintage AND indicator = $indicator AND month_end <= $last_day
ORDER BY month_end, class
