"""How a feature is told at the kitchen table: its unit, what says the same twice, what contradicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from features.declaration import Feature


@dataclass(frozen=True)
class Unit:
    """Words behind a number; a percent unit multiplies by a hundred."""

    zh: str = ""
    one: str = ""
    many: str = ""
    percent: bool = False


_PERCENT = Unit(percent=True)
UNITS = {
    "": Unit(),
    "cases": Unit("例", " case", " cases"),
    "corrections": Unit("次", " correction", " corrections"),
    "days": Unit("天", " day", " days"),
    "events": Unit("次", " time", " times"),
    "falls": Unit("次", " time", " times"),
    "findings": Unit("次", " time", " times"),
    "hours/week": Unit("小时/周", " hour a week", " hours a week"),
    "kinds": Unit("种", " kind", " kinds"),
    "km": Unit("公里", " km", " km"),
    "measures": Unit("项", " measure", " measures"),
    "months": Unit("个月", " month", " months"),
    "mu": Unit("亩", " mu", " mu"),
    "observations": Unit("次", " observation", " observations"),
    "persons": Unit("人", " person", " persons"),
    "records": Unit("条", " record", " records"),
    "rooms": Unit("间", " room", " rooms"),
    "sources": Unit("项", " source", " sources"),
    "spells": Unit("段", " spell", " spells"),
    "tables": Unit("张表", " table", " tables"),
    "times": Unit("次", " time", " times"),
    "units": Unit("个", " unit", " units"),
    "years": Unit("年", " year", " years"),
    "x income": _PERCENT,
    "x line": _PERCENT,
    "x needs": _PERCENT,
    "x rural income": _PERCENT,
}
#: Features that tell the same story; the first that stands out is told, the others are not.
STORIES = (
    (
        "own_payment_over_needs_12m",
        "own_payment_over_rural_income_12m",
        "own_payment_over_income_12m",
        "own_payment_over_needs_3m",
        "largest_stay_over_rural_income_12m",
    ),
    ("school_cost_over_needs", "largest_school_cost_over_rural_income"),
    ("n_new_major_illness_12m", "n_major_illness_members"),
    ("highest_education", "mean_education"),
    (
        "months_since_work",
        "wages_over_needs",
        "employed_per_working_age",
        "work_months_12m",
        "n_formal",
        "best_skill",
    ),
    ("business_loss_over_needs_12m", "n_business_losses_12m", "has_business_loss"),
    ("disaster_loss_over_needs_12m", "n_disasters_12m"),
    ("accident_loss_over_needs_12m", "n_accidents_12m"),
    ("resources_over_line", "resources_without_bonus"),
    ("n_past_falls", "months_since_below_line", "mean_earlier_resources", "lowest_earlier_resources"),
    ("n_out_of_work", "n_spells_ended_12m"),
)
_STORY_OF = {name: story for story in STORIES for name in story}


def story_of(name: str) -> tuple[str, ...]:
    """Name the features that tell the same story as this one, the plainest first."""
    return _STORY_OF.get(name, (name,))


#: What describes a household plainly at a value, although more or less of it is not known to raise the risk.
DESCRIBING = {
    "n_able_to_work": 0.0,
    "is_elderly_only": 1.0,
    "is_single_adult": 1.0,
    "is_relocated": 1.0,
    "is_remote_village": 1.0,
}
#: What is not told beside another record that says otherwise: years of school are entered once and do not
#: follow a student to college, and nobody who cannot work looks for work.
_UNSAID_BESIDE_STUDENTS = ("highest_education", "mean_education")
_UNSAID_WITHOUT_LABOUR = ("n_seeking", "n_out_of_work")


def contradicts(name: str, row: Mapping[str, Any]) -> bool:
    """Tell whether other records of the household contradict a feature.

    Examples
    --------
    >>> contradicts("highest_education", {"n_beyond_compulsory": 1.0})
    True
    """
    if name in _UNSAID_BESIDE_STUDENTS:
        return (row.get("n_beyond_compulsory") or 0) > 0
    return name in _UNSAID_WITHOUT_LABOUR and row.get("n_able_to_work") == 0


def value_words(feature: Feature, value: float) -> tuple[str, str]:
    """Write a value with its unit, in Chinese and English.

    Examples
    --------
    >>> from features.declaration import declared_features
    >>> [value_words(one, 0.416) for one in declared_features() if one.name == "own_payment_over_needs_12m"]
    [('42%', '42%')]
    """
    if is_flag(feature):
        return ("是", "yes") if value else ("否", "no")
    unit = UNITS[feature.unit]
    if unit.percent or feature.bounds == (0, 1):
        return f"{value:.0%}", f"{value:.0%}"
    number = f"{value:.1f}".removesuffix(".0")
    return f"{number}{unit.zh}", f"{number}{unit.one if number == '1' else unit.many}"


def is_flag(feature: Feature) -> bool:
    """Tell yes-or-no features from numbers: named has_, is_ or was_."""
    return feature.name.startswith(("has_", "is_", "was_"))
