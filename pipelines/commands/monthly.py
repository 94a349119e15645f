"""`huitou monthly`: a month's tables for the county, and per village the meeting's sheet and the notice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.commands.hand_out import NAMES, Identify, for_owner_alone, identifier, refuse_place
from pipelines.commands.places import Places
from pipelines.workspace.events import keep_event
from pipelines.workspace.month_records import MonthRecords, month_records
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, today, walked
from register.file_names import file_stem
from register.intake.building import MONTHLY, begin, swap
from register.reference.monthly_forms import Form
from register.reference.proposed_groups import proposed_groups
from watchlists.language import Language
from watchlists.monthly.books import write_county, write_village
from watchlists.monthly.cases import month_cases
from watchlists.monthly.month import Month
from watchlists.monthly.rows import Reading
from watchlists.monthly.statistics import TOWNSHIP, statistics, total
from watchlists.visits.place_names import names_by_id

#: Folders of a month's papers: what is for the county, for the village meeting, and for the wall.
COUNTY, MEETING, NOTICE = "county", "meeting", "notice"
#: What the terminal tells of the month, all places together.
SUMMED = (
    ("due", "应访 due"),
    ("visited", "已访 visited"),
    ("absent", "户主不在家 nobody at home"),
    ("confirmed", "风险属实 confirmed"),
    ("proposed", "拟纳入 proposed"),
    ("off_list", "名单外发现 off the list"),
)


@dataclass(frozen=True)
class Wanted:
    """What papers are wanted of: month, places, language, with names or not."""

    month: str
    places: Places
    language: Language | None
    with_names: bool


def write_month(wanted: Wanted, folder: Path | None = None) -> str:
    """Write the papers of a month, for their owner alone.

    Parameters
    ----------
    wanted : Wanted
        As the terminal said.
    folder : Path, optional
        A new folder; by default one of the month below ``artifacts/monthly``, replaced whole.

    Returns
    -------
    str
        The month's counts, and where the papers are.

    Raises
    ------
    SeasonError
        When the month is none, or no list was in force in it.
    SourceError
        When nobody of a place is listed, or the folder is in use or inside the releases.
    ParamsError
        When names are wanted and none were kept.
    StoreError
        When releases, register or look-backs are damaged.
    """
    params, month = load_params(), Month.of(wanted.month)
    if folder is not None:
        refuse_place(folder)
    target = folder or HERE.artifacts / "monthly" / month.name
    records = month_records(month, params, today())
    identify = identifier(params, records.in_force) if wanted.with_names else None
    pages = _Papers(records, month, wanted.language or params.watchlist.language, identify, today())
    listed = wanted.places.of(records.in_force.list)
    cases = _of_places(month_cases(records.known, month, proposed_groups()), wanted.places)
    if wanted.with_names:
        of_list = records.in_force.folder.name
        keep_event(HERE, params, "monthly", month=month.name, release=of_list, **vars(wanted.places))
    with for_owner_alone():
        building = begin(target, MONTHLY)
        for county in walked(listed["county_id"].unique().sort().to_list(), "counties"):
            _write_county(building, county, cases, listed, pages)
        swap(building, target, MONTHLY)
    return _summary(cases, listed, target, is_named=identify is not None)


@dataclass(frozen=True)
class _Papers:
    """What every paper is made from."""

    records: MonthRecords
    month: Month
    language: Language
    identify: Identify | None
    day: date

    def reading(self, county: str, households: Iterable[str]) -> Reading:
        """Look up who lives in a county's households, where names are wanted."""
        rows: list[dict[str, Any]] = [{"household_id": one} for one in households]
        named = self.identify(county, rows) if self.identify else []
        people: Mapping[str, Mapping[str, Any]] = {row["household_id"]: row for row in named}
        places = names_by_id(self.records.in_force.list.filter(county_id=county))
        return Reading(self.month, self.day.isoformat(), self.language, people, places)


def _of_places(cases: pl.DataFrame, places: Places) -> pl.DataFrame:
    wanted = {f"{name}_id": place for name, place in vars(places).items() if place is not None}
    return cases.filter(**wanted)


def _write_county(
    building: Path, county: str, cases: pl.DataFrame, listed: pl.DataFrame, papers: _Papers
) -> None:
    own = cases.filter(county_id=county)
    reading = papers.reading(county, own["household_id"])
    stem, name = file_stem(county), f"-{papers.month.name}.xlsx"
    townships = listed.filter(county_id=county).select(TOWNSHIP).unique()
    write_county(building / COUNTY / f"{stem}{name}", county, own, townships, reading)
    proposed = own.filter(pl.col("group_proposed").is_not_null())
    for (township, village), of_village in proposed.group_by(
        "township_id", "village_id", maintain_order=True
    ):
        place = Path(stem, file_stem(str(township)), f"{file_stem(str(village))}{name}")
        called = of_village["village_name"][0] or str(village)
        forms: tuple[tuple[str, Form], ...] = ((MEETING, "meeting"), (NOTICE, "notice"))
        for folder, form in forms:
            write_village(building / folder / place, form, called, of_village, reading)


def _summary(cases: pl.DataFrame, listed: pl.DataFrame, target: Path, *, is_named: bool) -> str:
    counted = total(statistics(cases, listed.select(TOWNSHIP).unique()))
    lines = [f"  {words}: {counted[name]:,}" for name, words in SUMMED]
    return "\n".join([*lines, f"{target.absolute()}{NAMES if is_named else ''}", ""])
