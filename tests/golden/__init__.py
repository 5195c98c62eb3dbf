"""Expected results kept in git, so that a change of data shows in review."""
