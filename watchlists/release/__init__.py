"""Releases as they lie on disk: store, paths, publication."""
