"""Figures that documents quote: read from finished runs, kept in one file, filled in by one command."""
