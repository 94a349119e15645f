"""Visits off the list: read from their own page, each household made out, judged like look-backs."""
