"""What the simulator is told: every number from params, checked by name and sign."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from register.errors import ParamsError

#: Prefecture whose counties are made; a county id adds two digits.
PREFECTURE = "5309"
REGION = "530000"


@dataclass(frozen=True)
class Settings:
    """Section ``simulator`` of the parameters, where unit and basis of each stand."""

    seed: int
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
    income_per_person: float
    ordinary_income_ratio: float
    income_growth: float
    level_log_sd: float
    yearly_log_sd: float
    wage_share: float
    business_share: float
    rural_income: float
    illness_rate: float
    disability_rate: float
    accident_rate: float
    job_loss_rate: float
    disaster_rate: float
    business_failure_rate: float
    worker_loss_rate: float
    schooling_rate: float
    dangerous_house_rate: float
    unsafe_water_rate: float
    dropout_rate: float
    detection_share: float
    help_per_person_month: float
    same_month_share: float
    within_quarter_share: float
    correction_share: float
    dirty_share: float
    duplicate_share: float

    @classmethod
    def of(cls, section: Mapping[str, object]) -> "Settings":
        """Check the section of the parameters.

        Raises
        ------
        ParamsError
            When a name is missing or unknown, or a number is negative.
        """
        names = {field.name for field in fields(cls)}
        if names != set(section):
            raise ParamsError(
                f"simulator: found no {sorted(names - set(section))} and unknown "
                f"{sorted(set(section) - names)}; restore the section from git"
            )
        for name, value in section.items():
            if name != "first_month" and not (isinstance(value, int | float) and value >= 0):
                raise ParamsError(
                    f"simulator.{name}: found {value!r}, allowed is a number from 0; correct it"
                )
        first_month = _month(section["first_month"])
        return cls(**{**section, "first_month": first_month})  # type: ignore[arg-type]  # checked just above


def _month(text: object) -> date:
    """Read the first month from text: DVC knows no dates in parameters."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ParamsError(
            f"simulator.first_month: found {text!r}, allowed is a month such as 2021-01; correct it"
        ) from None
