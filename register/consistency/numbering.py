"""Numbering: ids that two places or two households use, and households that changed under one id.

What an id cannot be trusted for at all is set aside (`register.ids.homonyms`); this names the rest.
"""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known
from register.ids.families import FAR

_PLACES = (
    "本程序按县区分；与他县合用时编号前加县编号 / kept apart by county here; put the county id before it "
    "where counties are put together"
)
#: Code -> whose ids (`Known`) and how they compare, across counties.
ENTRIES = {
    "in_two_households": ("people", pl.concat_str("member_id", pl.col("birth_date").cast(pl.String))),
    "village_of_two_counties": ("villages", pl.col("village_id")),
    "township_of_two_counties": ("townships", pl.col("township_id")),
}


@check(
    severity="error",
    zh="同一人同时在两户",
    en="one person in two households at one time",
    next_step="在迁出户填该成员的失效日期 / end the membership (valid_to) in the household left",
    reads=("members.member_id",),
    source="DOMAIN 3.6, a person entered twice [C1]",
)
def in_two_households(known: Known) -> pl.DataFrame:
    entered = known.versions("members").filter(pl.col("valid_from") <= known.as_of_date)
    latest = entered.sort("valid_from", "recorded_on").unique(["household_id", "member_id"], keep="last")
    living_there = latest.filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > known.as_of_date))
    return living_there.filter(pl.len().over("member_id") > 1)


@check(
    severity="notice",
    zh="同一人自同一天起登记在两户，以后录入的为准",
    en="one person in two households since one day; the later entry counts",
    next_step="若非更正，在迁出户填失效日期 / unless it is a correction, end it in the household left",
    reads=("members.member_id",),
    source="DOMAIN 3.6, a person entered twice [C1]",
)
def entered_in_two_households(known: Known) -> pl.DataFrame:
    entered = known.shard.tables["members"].filter(pl.col("recorded_on") <= known.known_on)
    twice = entered.filter(pl.col("version").max().over("member_id", "valid_from") > 0)
    return twice.filter(pl.col("household_id").n_unique().over("member_id", "valid_from") > 1)


@check(
    severity="notice",
    zh="户失效后又生效",
    en="household that ended and came back",
    next_step="核实是否同一户 / verify that it is the same household",
    reads=("households.valid_to",),
    source="project: an id is not given twice",
)
def came_back(known: Known) -> pl.DataFrame:
    states = known.versions("households").sort("household_id", "valid_from")
    ended = pl.col("valid_to").cum_max().shift(1).over("household_id")
    lasts = pl.col("valid_to").is_null().cum_sum().shift(1).over("household_id") > 0
    return states.filter(ended < pl.col("valid_from"), ~lasts.fill_null(value=False))


@check(
    severity="warning",
    zh="全部成员一次换成别人",
    en="all members replaced by others at once",
    next_step="如换了另一户，给新编号 / if it is another household now, give it an id of its own",
    reads=("members.valid_to",),
    source="project: an id is not given twice",
)
def members_replaced(known: Known) -> pl.DataFrame:
    people = (
        known.versions("members")
        .group_by("household_id", "member_id")
        .agg(pl.col("valid_from").min().alias("came"), _left().alias("left"))
        .sort("household_id", "came")
    )
    all_left = pl.col("left").cum_max().shift(1).over("household_id") <= pl.col("came")
    return people.filter(all_left)


@check(
    severity="notice",
    zh="村编号也用于别县",
    en="village id that another county uses too",
    next_step=_PLACES,
    reads=("villages.village_id",),
    source="project: a division code is unique in the nation, an office's number is not",
)
def village_of_two_counties(known: Known) -> pl.DataFrame:
    return _none(known)


@check(
    severity="notice",
    zh="乡镇编号也用于别县",
    en="township id that another county uses too",
    next_step=_PLACES,
    reads=("villages.township_id",),
    source="project: a division code is unique in the nation, an office's number is not",
)
def township_of_two_counties(known: Known) -> pl.DataFrame:
    return _none(known)


@check(
    severity="notice",
    zh="安置点编号用于几个乡镇",
    en="settlement site id used in several townships",
    next_step="如是不同安置点，编号前加乡镇编号 / if the sites differ, put the township id before it",
    reads=("relocation.site_id",),
    source="project: a site's number may be counted by township",
)
def site_in_several_townships(known: Known) -> pl.DataFrame:
    moved = known.view("relocation").drop_nulls("site_id").join(known.places, on="household_id")
    several = moved.filter(pl.col("township_id").n_unique().over("site_id") > 1)
    return several.select("township_id")  # once a township: a site may well take in people of several


def _left() -> pl.Expr:
    """Give the day a person left; far away for those who stayed."""
    return pl.col("valid_to").fill_null(FAR).max()


def _none(known: Known) -> pl.DataFrame:
    """Give no township: within one county nothing is shared; `across_counties` finds the rest."""
    return known.townships.clear()
