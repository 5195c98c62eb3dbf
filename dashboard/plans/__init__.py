"""What the page of plans renders: map, years, dates, tasks, other plans, reports and deadlines."""
