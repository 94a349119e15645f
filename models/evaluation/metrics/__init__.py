"""Metrics, each declared beside its formula; every module here is read for them."""
