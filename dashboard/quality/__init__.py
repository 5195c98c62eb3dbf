"""The parts of the page of data quality."""
