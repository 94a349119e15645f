"""What the simulator is told: every number from params, checked by name and sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from register.errors import ParamsError

#: Prefecture whose counties are made; a county id adds two digits.
PREFECTURE = "5309"
REGION = "530000"
#: Text among the numbers, with what it looks like.
MONTHS = ("first_month", "quota_until")
#: What a shock may say: chance a year; months and share of the affected income taken (least,
#: most); median cost as a share of the rural income a person and year.
SHOCK = ("a_year", "months", "takes", "cost")


@dataclass(frozen=True)
class Shock:
    """How often a cause strikes, for how long, how hard, at what cost."""

    a_year: float
    months: tuple[int, int]
    takes: tuple[float, float]
    cost: float


@dataclass(frozen=True)
class Settings:
    """Section ``simulator`` of the parameters, where unit and basis of each stand."""

    seed: int
    processes: int
    counties: int
    households_per_county: int
    villages_per_county: int
    townships_per_county: int
    first_month: date
    months: int
    lifted_out_share: float
    relocated_share: float
    minority_share: float
    chronic_share: float
    head_age: float
    birth_rate: float
    split_rate: float
    merge_rate: float
    move_rate: float
    moved_in_rate: float
    dissolve_rate: float
    income_per_person: float
    ordinary_income_ratio: float
    income_growth: float
    level_log_sd: float
    village_log_sd: float
    yearly_log_sd: float
    unstable_log_sd: float
    wage_luck_sd: float
    harvest_log_sd: float
    wage_share: float
    business_share: float
    farm_only_share: float
    allowance_ceiling: float
    allowance_share: float
    allowance_per_person_month: float
    gross_over_net: float
    rural_income: float
    chronic_payment: float
    cost_log_sd: float
    claimed_share: float
    instalments: tuple[tuple[int, float], ...]
    shocks: Mapping[str, Shock]
    disaster_hit_share: float
    disaster_kinds: Mapping[str, float]
    dropout_rate: float
    report_compression: float
    report_log_sd: float
    bunched_share: float
    bunched_to: tuple[float, float]
    minority_report_ratio: float
    minority_late_ratio: float
    true_incomes: bool
    stock_share: float
    stock_groups: Mapping[str, float]
    application_share: float
    found_later_rate: float
    attention_rate: float
    ordinary_found_ratio: float
    breach_found_share: float
    alert_shares: Mapping[str, float]
    alert_loss: float
    sudden_ceiling: float
    quota_share: float
    quota_until: date
    least_months: int
    year_end_rate: float
    in_year_rate: float
    out_over_line: float
    sudden_slowdown: float
    help_per_person_month: float
    lasting_help_share: float
    cause_right_share: float
    cause_guesses: Mapping[str, float]
    same_month_share: float
    within_quarter_share: float
    correction_share: float
    dirty_share: float
    duplicate_share: float
    risk_seasons: tuple[str, ...]
    futures: int

    @classmethod
    def of(cls, section: Mapping[str, Any]) -> "Settings":
        """Check the section of the parameters.

        Raises
        ------
        ParamsError
            When a name is missing or unknown, or a number is negative.
        """
        _same_names("simulator", section, [field.name for field in fields(cls)])
        for name, value in section.items():
            if name not in (*MONTHS, "risk_seasons"):
                _not_negative(f"simulator.{name}", value)
        shocks = {cause: _shock(cause, told) for cause, told in section["shocks"].items()}
        months = {name: _month(name, section[name]) for name in MONTHS}
        lists = {name: _frozen(section[name]) for name in ("bunched_to", "risk_seasons", "instalments")}
        return cls(**{**section, **months, **lists, "shocks": shocks})


def _frozen(values: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(one) if isinstance(one, list) else one for one in values)


def _shock(cause: str, told: Mapping[str, Any]) -> Shock:
    _same_names(f"simulator.shocks.{cause}", told, SHOCK)
    low, high = told["months"]
    return Shock(told["a_year"], (low, high), tuple(told["takes"]), told["cost"])


def _same_names(where: str, section: Mapping[str, Any], names: Iterable[str]) -> None:
    expected = set(names)
    if expected != set(section):
        raise ParamsError(
            f"{where}: found no {sorted(expected - set(section))} and unknown "
            f"{sorted(set(section) - expected)}; restore the section from git"
        )


def _not_negative(where: str, value: object) -> None:
    if isinstance(value, Mapping):
        for name, one in value.items():
            _not_negative(f"{where}.{name}", one)
    elif isinstance(value, list):
        for one in value:
            _not_negative(where, one)
    elif not (isinstance(value, int | float) and value >= 0):
        raise ParamsError(f"{where}: found {value!r}, allowed is a number from 0; correct it")


def _month(name: str, text: object) -> date:
    """Read a month from text: DVC knows no dates in parameters."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ParamsError(
            f"simulator.{name}: found {text!r}, allowed is a month such as 2021-01; correct it"
        ) from None
