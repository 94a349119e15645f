"""Dated reference data with a citation for every value: lines, causes, measures, alert rules."""

from register.reference.load import AlertRule, Cause, Measure, alert_rules, causes, income_lines, measures

__all__ = ["AlertRule", "Cause", "Measure", "alert_rules", "causes", "income_lines", "measures"]
