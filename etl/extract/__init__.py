"""Text of a document → records: head, citations, statuses, plans, tasks, deadlines, topics."""
