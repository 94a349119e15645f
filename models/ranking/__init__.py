"""Orders that need no training: published, the same everywhere, exact by cause."""
