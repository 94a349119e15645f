"""Figures on the EPH panel."""
