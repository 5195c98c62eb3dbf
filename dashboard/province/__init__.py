"""The profile of one province or city: what the page /province renders."""
