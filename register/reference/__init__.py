"""Dated reference data with a source for every value: lines, causes, measures, rules, names, regimes."""

from register.reference.alert_rules import AlertRule, alert_rules, must_visit_rules
from register.reference.cause_events import OfCause, cause_events, cause_needs
from register.reference.causes import Cause, OlderCause, causes, older_causes
from register.reference.checks import Check, checks
from register.reference.income_lines import income_lines
from register.reference.levers import Change, Lever, levers
from register.reference.measures import Measure, measures
from register.reference.monitoring_regimes import (
    MonitoringRegime,
    comparable_since,
    monitoring_regimes,
    regimes_between,
)
from register.reference.names import Name, names, names_on
from register.reference.priority_visits import PriorityVisit, priority_visits
from register.reference.rural_income import rural_income

__all__ = [
    "AlertRule",
    "Cause",
    "Change",
    "Check",
    "Lever",
    "Measure",
    "MonitoringRegime",
    "Name",
    "OfCause",
    "OlderCause",
    "PriorityVisit",
    "alert_rules",
    "cause_events",
    "cause_needs",
    "causes",
    "checks",
    "comparable_since",
    "income_lines",
    "levers",
    "measures",
    "monitoring_regimes",
    "must_visit_rules",
    "names",
    "names_on",
    "older_causes",
    "priority_visits",
    "regimes_between",
    "rural_income",
]
