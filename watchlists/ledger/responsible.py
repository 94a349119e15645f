"""Whose task a household is: of a person named for it, for its group, or for its village."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.errors import ParamsError
from watchlists.ledger.responsible_file import Entry
from watchlists.ledger.visits import HOUSEHOLD
from watchlists.sheets.village_groups import group_name

#: The narrowest that names somebody holds: what an entry is for, and the columns that say so.
LEVELS = {
    "household": HOUSEHOLD,
    "group": ["county_id", "village_id", "group"],
    "village": ["county_id", "village_id"],
}
#: What `assigned` takes: a row an entry, for the place its level names.
ASSIGNED = {
    "level": pl.String(),
    **dict.fromkeys(("county_id", "village_id", "group", "household_id"), pl.String()),
    "responsible": pl.String(),
    "responsible_phone": pl.String(),
}
Place = tuple[str, str, str | None, str | None, str | None]


@dataclass(frozen=True)
class KnownPlaces:
    """What the entries are held against.

    Attributes
    ----------
    villages : DataFrame
        ``county_id, village_id, village_name`` of the register.
    households : DataFrame
        ``county_id, household_id, village_id`` of the register, and ``group``, missing where
        an address names none.
    kept_id : callable
        Gives the id that a household's own number stands for.
    """

    villages: pl.DataFrame
    households: pl.DataFrame
    kept_id: Callable[[str], str]


def placed(path: Path, entries: Sequence[Entry], known: KnownPlaces) -> pl.DataFrame:
    """Find the place every entry is for.

    Parameters
    ----------
    path : Path
        For the message.
    entries : sequence of Entry
        From `watchlists.ledger.responsible_file.read_responsible`.
    known : KnownPlaces

    Returns
    -------
    DataFrame
        `ASSIGNED`.

    Raises
    ------
    ParamsError
        For the first entry whose place nobody knows, several have, or an entry before it has.
    """
    of_village = _by_name(known.villages)
    counties = dict(known.households.select("household_id", "county_id").iter_rows())
    groups = set(known.households.drop_nulls("group").select(LEVELS["group"]).iter_rows())
    rows: dict[Place, tuple[str, str]] = {}
    first: dict[Place, int] = {}
    for entry in entries:
        at = f"{path}, row {entry.row}, column"
        if entry.household:
            place = _household(at, entry.household, counties, known.kept_id)
        else:
            place = _village(at, entry, of_village, groups)
        if place in rows:
            raise ParamsError(
                f"{at} 责任人: row {first[place]} names somebody for the same place; keep one row"
            )
        rows[place], first[place] = (entry.responsible, entry.phone), entry.row
    cells = [(*place, *who) for place, who in rows.items()]
    return pl.DataFrame(cells, schema=ASSIGNED, orient="row")


def assigned(tasks: pl.DataFrame, people: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Say of every task whose it is.

    Parameters
    ----------
    tasks : DataFrame
        `watchlists.ledger.tasks.TASKS`.
    people : DataFrame
        `ASSIGNED`, every place once.
    groups : DataFrame
        ``county_id, household_id, group``; a household that is not among them has none.

    Returns
    -------
    DataFrame
        The tasks with ``group``, ``responsible`` and ``responsible_phone``: whoever is named for
        the household, else for its group, else for its village; missing where nobody is.
    """
    who, bare = ("responsible", "responsible_phone"), tasks.drop("group")
    done = bare.join(groups.select(*HOUSEHOLD, "group"), on=HOUSEHOLD, how="left", maintain_order="left")
    named = [pl.col("responsible").is_not_null()]
    for level, place in LEVELS.items():
        of_level = people.filter(level=level).select(
            *place, *(pl.col(one).alias(f"{one}_new") for one in who)
        )
        done = done.join(of_level, on=place, how="left", maintain_order="left", validate="m:1")
        done = done.with_columns(
            pl.when(*named).then(one).otherwise(f"{one}_new").alias(one) for one in who
        ).drop(pl.selectors.ends_with("_new"))
    return done.select(tasks.columns)


def _by_name(villages: pl.DataFrame) -> dict[str, set[tuple[str, str]]]:
    """Give the villages that answer to an id, to ``COUNTY/ID``, or to a name."""
    by_name: dict[str, set[tuple[str, str]]] = {}
    for county, village, name in villages.select("county_id", "village_id", "village_name").iter_rows():
        for called in {village, f"{county}/{village}", name} - {None, ""}:
            by_name.setdefault(called, set()).add((county, village))
    return by_name


def _household(at: str, written: str, counties: dict[str, str], kept_id: Callable[[str], str]) -> Place:
    household = written if written in counties else kept_id(written)
    if household not in counties:
        raise ParamsError(
            f"{at} 户编号: no household of the register has this number; mend it, or delete the row"
        )
    return "household", counties[household], None, None, household


def _village(
    at: str, entry: Entry, of_village: dict[str, set[tuple[str, str]]], groups: Iterable[tuple[str, str, str]]
) -> Place:
    villages = of_village.get(entry.village, set())
    if not villages:
        raise ParamsError(f"{at} 行政村: no village of the register has this id or name; mend it")
    if len(villages) > 1:
        raise ParamsError(
            f"{at} 行政村: {len(villages)} villages have this id or name; write COUNTY/VILLAGE, both as ids"
        )
    (county, village), group = next(iter(villages)), group_name(entry.group)
    if not entry.group:
        return "village", county, village, None, None
    if (county, village, group) not in groups:
        raise ParamsError(
            f"{at} 村民小组: no household of the village has an address in this group; mend it, or name the "
            "households one by one under 户编号"
        )
    return "group", county, village, group, None
