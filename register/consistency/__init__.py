"""Consistency: what several records say together and cannot both be true. It warns and lists."""

from register.consistency import (
    disability,
    elimination,
    employment,
    household,
    identity,
    illness,
    income,
    insurance,
    labour,
    measures,
    monitoring,
    no_answer,
    place,
    schooling,
    spelling,
)
from register.consistency.declaration import CHECKS, SEVERITIES, Check
from register.consistency.findings import FINDINGS, Examined, counted, examine, unchecked, write_findings

__all__ = [
    "CHECKS",
    "FINDINGS",
    "SEVERITIES",
    "Check",
    "Examined",
    "counted",
    "disability",
    "elimination",
    "employment",
    "examine",
    "household",
    "identity",
    "illness",
    "income",
    "insurance",
    "labour",
    "measures",
    "monitoring",
    "no_answer",
    "place",
    "schooling",
    "spelling",
    "unchecked",
    "write_findings",
]
