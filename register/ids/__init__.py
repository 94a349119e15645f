"""Ids and references: what they stand for, and when two things share one."""
