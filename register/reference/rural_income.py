"""Last year's rural income a head: the yardstick of the medical alerts."""

from datetime import date
from functools import cache
from pathlib import Path

from register.reference.cited import FOLDER, entries
from register.reference.yearly_amounts import YearlyAmount, province_of


def rural_income(region_id: str, day: date, path: Path = FOLDER / "rural_income.yaml") -> float | None:
    """Give the disposable income a head of a province's rural residents, as last known at a date.

    Parameters
    ----------
    region_id : str
        A province, or a county in it (GB/T 2260).
    day : date

    Returns
    -------
    float or None
        Yuan a year; None before the first figure and where the province has none.
    """
    known = [yuan for since, yuan in _series(path).get(province_of(region_id), ()) if since <= day]
    return known[-1] if known else None


@cache
def _series(path: Path) -> dict[str, list[tuple[date, float]]]:
    series: dict[str, list[tuple[date, float]]] = {}
    for one in sorted(entries(path, YearlyAmount), key=lambda one: one.effective_from):
        series.setdefault(one.region_id, []).append((one.effective_from, one.yuan_per_person_year))
    return series
