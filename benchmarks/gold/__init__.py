"""Gold set of the extraction: documents, what a reader finds in them by hand, and the scorer."""
