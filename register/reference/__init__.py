"""Dated reference data with a source for every value: lines, causes, measures, levers, rules, names."""

from register.reference.levers import Change, Lever, levers
from register.reference.load import (
    AlertRule,
    Cause,
    Measure,
    OlderCause,
    alert_rules,
    causes,
    income_lines,
    measures,
    must_visit_rules,
    older_causes,
)
from register.reference.names import Name, names, names_on
from register.reference.priority_visits import PriorityVisit, priority_visits
from register.reference.rural_income import rural_income

__all__ = [
    "AlertRule",
    "Cause",
    "Change",
    "Lever",
    "Measure",
    "Name",
    "OlderCause",
    "PriorityVisit",
    "alert_rules",
    "causes",
    "income_lines",
    "levers",
    "measures",
    "must_visit_rules",
    "names",
    "names_on",
    "older_causes",
    "priority_visits",
    "rural_income",
]
