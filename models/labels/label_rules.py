"""How a label is read: which outcome, over how many months, and why it may be missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register.errors import ParamsError

OBSERVED, CARRIED = "observed", "carried"
FALLS, ENTERS, RELAPSES = "falls_below_line", "enters_monitoring", "relapse"
READINGS = ("window", "next_observation")
#: Why a label is missing, by outcome. The window is still open (or its records have not
#: arrived); the household left the register; it was there and its resources were not
#: observed. Of labels read from monitoring: the household turned out to be monitored
#: already, recorded late; the window lies in rules that meant something else.
CENSORED: Mapping[str, tuple[str, ...]] = {
    FALLS: ("window_open", "left_register", "not_observed"),
    ENTERS: ("window_open", "left_register", "already_monitored", "older_regime"),
    RELAPSES: ("window_open", "left_register", "already_monitored", "older_regime"),
}


@dataclass(frozen=True)
class LabelRules:
    """The section ``label`` of params.yaml.

    Attributes
    ----------
    months : int
        Length of the window (as_of_date, as_of_date + months].
    reading : str
        ``window``: any season end inside it; ``next_observation``: the next one at
        which the household was observed.
    resources_months : int
        Months of resources compared with the line.
    settle_months : int
        Months after the window until its late records have arrived (``window`` only).
    outcome : str
        ``falls_below_line``: below the line or without a guarantee; ``enters_monitoring``:
        identified; ``relapse``: identified again after an elimination.
    line_rise : str
        The line inside the windows trained on: ``carried``: at every change it rises as it
        did at the last one known at the training date; ``observed``: as it rose. Labels
        judged by are always observed.
    """

    months: int
    reading: str
    resources_months: int
    settle_months: int
    outcome: str = FALLS
    line_rise: str = OBSERVED

    def __post_init__(self) -> None:
        """Refuse an outcome or a reading that is not known and a window that has no season end."""
        if self.outcome not in CENSORED:
            raise ParamsError(
                f"label.outcome: found {self.outcome!r}, allowed are {', '.join(CENSORED)}; mend params.yaml"
            )
        if self.reading not in READINGS:
            raise ParamsError(
                f"label.reading: found {self.reading!r}, allowed are window and next_observation; "
                "mend params.yaml"
            )
        if self.is_administrative and self.reading != "window":
            raise ParamsError(
                f"label.reading: found {self.reading!r} with label.outcome {self.outcome}, allowed is "
                "window; set label.reading=window"
            )
        if self.line_rise not in (OBSERVED, CARRIED) or (self.is_carried and self.reading != "window"):
            raise ParamsError(
                f"label.line_rise: found {self.line_rise!r} with label.reading {self.reading}, allowed are "
                "observed, and carried with window; mend params.yaml"
            )
        if self.months < 3 or self.resources_months < 1 or self.settle_months < 0:
            raise ParamsError(
                f"label: found months {self.months}, resources_months {self.resources_months}, settle_months "
                f"{self.settle_months}, allowed are at least 3, 1 and 0; mend params.yaml"
            )

    @property
    def is_administrative(self) -> bool:
        """Whether the outcome is a decision of the mechanism, read from what was recorded of it."""
        return self.outcome != FALLS

    @property
    def is_carried(self) -> bool:
        """Whether labels trained on are read as if the line changed as it did last."""
        return self.line_rise == CARRIED and not self.is_administrative

    @property
    def censored(self) -> tuple[str, ...]:
        """Why a label of this outcome may be missing."""
        return CENSORED[self.outcome]


def outcome_of(label: Mapping[str, Any]) -> str:
    """Give the outcome of a section ``label``; one written before there were several has the first.

    Examples
    --------
    >>> outcome_of({"months": 12})
    'falls_below_line'
    """
    outcome: str = label.get("outcome", FALLS)
    return outcome
