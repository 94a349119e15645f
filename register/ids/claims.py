"""What each county says is its own: an id that two counties claim at one time is nobody's."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from register.ids.families import FAR
from register.ids.hashes import hashed
from register.ids.homonyms import PEOPLE_MIXED_UP, REUSED_HOUSEHOLD, SHARED_MEMBER, Homonym, widespread
from register.ids.persons import person_keys
from register.ids.spelling import look
from register.tables import TABLES

#: Column -> table of the places that others refer to.
PLACES = {"village_id": "villages", "household_id": "households"}
AT_ONCE = "几个县同时有此户编号 / the household id is in use in several counties at one time"
#: What to do where many ids are shared, and where few are.
NUMBERED_BY_COUNTY = (
    "编号只在县内唯一：各县各表户编号前都加县编号 / ids are unique only within the county: "
    "put the county id before the household id in every table of every county"
)
LEFT_OPEN = (
    "迁走的在原县填失效日期，否则给新编号 / if it moved, end it (valid_to) in the county it left; "
    "otherwise give it an id of its own"
)
PEOPLE_NUMBERED_BY_COUNTY = (
    "编号只在县内唯一：各县各表人编号前都加县编号 / ids are unique only within the county: "
    "put the county id before the person id in every table of every county"
)


@dataclass(frozen=True)
class Claims:
    """The households and people a county holds, by hashes that never leave memory.

    Attributes
    ----------
    households : DataFrame
        ``household`` (UInt64), ``since``, ``until`` (dates; open ones far away): one row for
        each time it was there without a break.
    people : DataFrame
        ``household, member, person`` (UInt64), each combination once (`register.ids.persons`).
    held : DataFrame
        ``column, look, is_in``: every village and household that was delivered, in whatever
        spelling (hash of its look), and whether it went in.
    """

    households: pl.DataFrame
    people: pl.DataFrame
    held: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], written: Mapping[str, pl.Series]) -> "Claims":
        """Take them from a county's accepted tables, and ids as they were written, by column."""
        households, members = (
            tables.get(name, pl.DataFrame(schema=TABLES[name].schema)) for name in ("households", "members")
        )
        return cls(_households(households), _people(members), _held(tables, written))


def claimed_twice(claims: Mapping[str, Claims]) -> dict[str, list[Homonym]]:
    """Find, for each county, the ids of it that another county uses for something else.

    A household that moved is in one county after the other, with somebody in common.

    Parameters
    ----------
    claims : mapping of str to Claims
        By county.

    Returns
    -------
    dict of str to list of Homonym
        Only counties with such ids.
    """
    homonyms: dict[str, list[Homonym]] = defaultdict(list)
    households = _together(claims, "households", "household")
    if len(households):
        in_common = _in_common(_together(claims, "people", "household"), "household")
        _add_households(homonyms, claims, households, in_common)
    people = _together(claims, "people", "member")
    strangers = people.filter(~pl.col("member").is_in(_in_common(people, "member").implode()))
    for (county,), own in strangers.group_by("county"):
        ids, every = own["member"].unique(), claims[str(county)].people["member"]
        next_step = PEOPLE_NUMBERED_BY_COUNTY if widespread(ids, every) else PEOPLE_MIXED_UP
        homonyms[str(county)].append(Homonym("member_id", ids, SHARED_MEMBER, next_step))
    return dict(homonyms)


def elsewhere(claims: Mapping[str, Claims], strays: pl.DataFrame) -> pl.DataFrame:
    """Say in which other county the village or household of a failed reference stands.

    Parameters
    ----------
    claims : mapping of str to Claims
        By county.
    strays : DataFrame
        ``county, file, row, column, look`` of every row whose county has no such place.

    Returns
    -------
    DataFrame
        ``file, row, column, elsewhere, is_in``: the first such county, one that took it in
        before one that set it aside; rows of no county are left out.
    """
    held = pl.concat(one.held.with_columns(elsewhere=pl.lit(county)) for county, one in claims.items())
    held_elsewhere = held.join(strays, on=["column", "look"]).filter(pl.col("elsewhere") != pl.col("county"))
    first = held_elsewhere.sort("is_in", "elsewhere", descending=[True, False]).unique(
        ["file", "row"], keep="first"
    )
    return first.select("file", "row", "column", "elsewhere", "is_in")


def _add_households(
    homonyms: dict[str, list[Homonym]],
    claims: Mapping[str, Claims],
    claimed: pl.DataFrame,
    in_common: pl.Series,
) -> None:
    own = "household"
    overlaps = pl.col("since") < pl.col("until").cum_max().shift(1).over(own)
    flagged = claimed.sort(own, "since", "until").with_columns(
        overlaps.fill_null(value=False).any().over(own).alias("at_once"),
        pl.col(own).is_in(in_common.implode()).alias("known"),
    )
    for (county,), part in flagged.group_by("county"):
        now = part.filter("at_once")
        numbered = not now["known"].any() or widespread(
            now[own].unique(), claims[str(county)].households[own]
        )
        later = part.filter(~pl.col("at_once"), ~pl.col("known"))[own]
        homonyms[str(county)] += [
            one
            for one in (
                Homonym(
                    "household_id", now[own].unique(), AT_ONCE, NUMBERED_BY_COUNTY if numbered else LEFT_OPEN
                ),
                Homonym("household_id", later.unique(), *REUSED_HOUSEHOLD),
            )
            if len(one.ids)
        ]


def _together(claims: Mapping[str, Claims], name: str, column: str) -> pl.DataFrame:
    """Put the claims of all counties together and keep the ids that stand in several."""
    parts = [getattr(one, name).with_columns(county=pl.lit(county)) for county, one in claims.items()]
    every = pl.concat(parts) if parts else pl.DataFrame(schema={column: pl.UInt64(), "county": pl.String()})
    ids = every.select(column, "county").unique()[column]
    return every.filter(pl.col(column).is_in(ids.filter(ids.is_duplicated()).unique().implode()))


def _in_common(people: pl.DataFrame, column: str) -> pl.Series:
    """Give the ids under which two counties hold one person."""
    met = people.select(column, "person", "county").unique()
    return met.group_by(column, "person").len().filter(pl.col("len") > 1)[column].unique()


def _households(households: pl.DataFrame) -> pl.DataFrame:
    """Join states that follow on one another; a state ends where the next begins."""
    own, since, until = pl.col("household_id"), pl.col("valid_from"), pl.col("until")
    latest = households.sort("recorded_on").unique(["household_id", "valid_from"], keep="last")
    states = latest.select(own, since, "valid_to").sort("household_id", "valid_from")
    following = pl.when(own == own.shift(-1)).then(since.shift(-1))
    ends = pl.min_horizontal(pl.col("valid_to").fill_null(FAR), following)
    begins = (own != own.shift(1)) | (until.shift(1) < since)
    times = states.with_columns(ends.alias("until")).with_columns(
        begins.fill_null(value=True).cum_sum().alias("time")
    )
    spans = times.group_by("time").agg(own.first(), since.min().alias("since"), until.max())
    return spans.select(hashed("household_id").alias("household"), "since", "until")


def _people(members: pl.DataFrame) -> pl.DataFrame:
    return person_keys(members).select(
        hashed("household_id").alias("household"), hashed("member_id").alias("member"), "person"
    )


def _held(tables: Mapping[str, pl.DataFrame], written: Mapping[str, pl.Series]) -> pl.DataFrame:
    parts = [pl.DataFrame(schema={"column": pl.String(), "look": pl.UInt64(), "is_in": pl.Boolean()})]
    for column, ids in written.items():
        accepted = tables[PLACES[column]][column].unique()
        distinct = ids.drop_nulls().unique().to_frame("id")
        parts.append(
            distinct.select(
                pl.lit(column).alias("column"),
                look(pl.col("id")).hash(seed=0).alias("look"),
                pl.col("id").is_in(accepted.implode()).alias("is_in"),
            )
        )
    return pl.concat(parts)
