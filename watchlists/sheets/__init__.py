"""Workbooks that officers fill in and workbooks of what to clean."""
