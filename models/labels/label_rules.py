"""How a label is read: which outcome, over how many months, and why it may be missing."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import model_validator

from register.breaches import GUARANTEES
from register.errors import ParamsError
from register.parameters import Rise, Section, parameter

OBSERVED, CARRIED = "observed", "carried"
WINDOW, NEXT = "window", "next_observation"
INCOME = "income"
FALLS, ENTERS, RELAPSES = "falls_below_line", "enters_monitoring", "relapse"
IN_BREACH = "in_breach"
#: Why a label is missing, by outcome. The window is still open (or its records have not
#: arrived); the household was without safe housing, water or schooling at the date already,
#: which is a duty and no fall to foresee (ADR 20); it left the register; it was there and its
#: resources were not observed. Of labels read from monitoring: the household turned out to be monitored
#: already, recorded late; the window lies in rules that meant something else.
CENSORED: Mapping[str, tuple[str, ...]] = {
    FALLS: ("window_open", IN_BREACH, "left_register", "not_observed"),
    ENTERS: ("window_open", "left_register", "already_monitored", "older_regime"),
    RELAPSES: ("window_open", "left_register", "already_monitored", "older_regime"),
}


class LabelRules(Section):
    """The section ``label`` of the parameters; labels judged by are always observed."""

    outcome: Literal["falls_below_line", "enters_monitoring", "relapse"] = parameter(
        "falls_below_line | enters_monitoring (identified) | relapse (identified again)",
        default=FALLS,
        source="DESIGN 5",
    )
    months: int = parameter(
        "length of the window (as_of_date, as_of_date + months]", unit="months", source="DESIGN 5", ge=3
    )
    reading: Literal["window", "next_observation"] = parameter(
        "window: any season end inside it | next_observation: the next one observed", source="DESIGN 5"
    )
    resources: Literal["income", "consumption"] = parameter(
        "what is compared with the line, as pages call it: income | consumption, of a survey",
        default=INCOME,
        source="docs/panel.md",
    )
    resources_months: int = parameter(
        "months of resources compared with the line", unit="months", source="DOMAIN 1.3", ge=1
    )
    settle_months: int = parameter(
        "months until late records have arrived",
        unit="months",
        source="simulated registers reach 97 % by then",
        ge=0,
    )
    line_rise: Literal["carried", "observed"] | Rise = parameter(
        "rise of the line that risks are for: carried, as it last rose | observed | a share such as 0.04",
        default=OBSERVED,
        source="ADR 23",
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Refuse what each allows and together makes no sense."""
        if self.is_administrative and self.reading != WINDOW:
            raise ParamsError(
                f"label.reading: found {self.reading!r} with label.outcome {self.outcome}, allowed is "
                "window; set label.reading=window"
            )
        if self.is_stated and self.reading != WINDOW:
            raise ParamsError(
                f"label.line_rise: found {self.line_rise!r} with label.reading {self.reading}, allowed is "
                "observed; a rise is stated with reading window only, mend params.yaml"
            )
        return self

    @property
    def is_administrative(self) -> bool:
        """Whether the outcome is a decision of the mechanism, read from what was recorded of it."""
        return self.outcome != FALLS

    @property
    def is_panel(self) -> bool:
        """Whether households are observed now and then, each read at its next observation."""
        return self.reading == NEXT

    @property
    def has_breaches(self) -> bool:
        """Whether the loss of a guarantee is an outcome; a survey has none."""
        return self.reading == WINDOW and not self.is_administrative

    @property
    def is_stated(self) -> bool:
        """Whether labels trained on are read for a rise of the line that is stated, not as it rose."""
        return self.line_rise != OBSERVED and not self.is_administrative

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables of the register that the outcome is read from; without one the label says less."""
        if self.is_administrative:
            return ("monitoring",)
        breaches = tuple(one.table for one in GUARANTEES) if self.has_breaches else ()
        return ("income", "health", *breaches)

    @property
    def censored(self) -> tuple[str, ...]:
        """Why a label of this outcome may be missing; no guarantee is missing where none is read."""
        reasons = CENSORED[self.outcome]
        return tuple(one for one in reasons if one != IN_BREACH) if self.is_panel else reasons


def outcome_of(label: Mapping[str, Any]) -> str:
    """Give the outcome of a section ``label``; one written before there were several has the first.

    Examples
    --------
    >>> outcome_of({"months": 12})
    'falls_below_line'
    """
    outcome: str = label.get("outcome", FALLS)
    return outcome
