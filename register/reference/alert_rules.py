"""The departments' alerts, and which of them put a household on the list."""

from pathlib import Path

from register.parameters import parameter
from register.reference.cited import FOLDER, Named, entries


class AlertRule(Named):
    """A department's alert: it speaks where every feature of `when` is at least its threshold."""

    when: dict[str, float] = parameter("features, each with the least it is", min_length=1)
    must_visit: bool = parameter("whether it puts a household on the list whatever its risk")


def alert_rules(path: Path = FOLDER / "alert_rules.yaml") -> tuple[AlertRule, ...]:
    """Load all rules of the departments, in the order they are named on a list."""
    return tuple(entries(path, AlertRule))


def must_visit_rules(path: Path = FOLDER / "alert_rules.yaml") -> tuple[AlertRule, ...]:
    """Load the rules that put a household on the list whatever its risk."""
    return tuple(rule for rule in alert_rules(path) if rule.must_visit)
