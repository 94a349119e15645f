"""Filled sheets read back: what was found at the visits."""
