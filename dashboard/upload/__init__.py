"""Documents in: the page on which people submit, check, correct and confirm."""
