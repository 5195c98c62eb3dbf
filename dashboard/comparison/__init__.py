"""Two as-of dates compared: who moved from which class to which, and by which document."""
