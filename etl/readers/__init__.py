"""Readers: files → text or rows, safely."""
