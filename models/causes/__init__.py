"""By what households such as this one were found to fall: a forecast of causes, and whether it may speak."""
