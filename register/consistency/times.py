"""Times: days that lie decades from all others, as a wrong century does."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known
from register.tables import TABLES

_NEXT = "核对年份 / check the year"
#: Tables whose events are entered within a few years; a house or an illness may be old.
RECENT = ("income", "monitoring", "assistance", "shocks")


@check(
    severity="error",
    zh="录入日期与其他记录相差{odd_years:g}年以上",
    en="entered more than {odd_years:g} years from all other records",
    next_step=_NEXT,
    reads=("households.recorded_on",),
    limits=("odd_years",),
    source="project: registers reach back to 2014 (DOMAIN 1.1)",
)
def entered_in_another_age(known: Known) -> pl.DataFrame:
    tables = [known.shard.tables[name] for name in TABLES if name != "villages"]
    entered = pl.concat(one.select("household_id", day="recorded_on") for one in tables)
    return entered.filter(_far_off(known, pl.col("day")))


@check(
    severity="error",
    zh="收入、监测、帮扶或灾害的日期与其他记录相差{odd_years:g}年以上",
    en="income, monitoring, help or shock more than {odd_years:g} years from all others",
    next_step=_NEXT,
    reads=("households.household_id",),
    limits=("odd_years",),
    source="project: registers reach back to 2014 (DOMAIN 1.1)",
)
def happened_in_another_age(known: Known) -> pl.DataFrame:
    tables = [known.shard.tables[name].select("household_id", day=TABLES[name].event) for name in RECENT]
    return pl.concat(tables).filter(_far_off(known, pl.col("day")))


@check(
    severity="warning",
    zh="户失效的次年以后仍有收入、监测、帮扶或灾害",
    en="income, monitoring, help or shock in a later year than the household ended",
    next_step="更正失效日期；另一户则另给编号 / correct when it ended; give another family an id",
    reads=("households.valid_to",),
    source="project: an id is not given twice",
)
def record_after_ending(known: Known) -> pl.DataFrame:
    states = known.versions("households").sort("household_id", "valid_from", "recorded_on")
    ended = states.unique("household_id", keep="last").select("household_id", "valid_to").drop_nulls()
    tables = [known.shard.tables[name].select("household_id", day=TABLES[name].event) for name in RECENT]
    late = pl.col("day").dt.year() > pl.col("valid_to").dt.year()
    return pl.concat(tables).join(ended, on="household_id").filter(late)


def _far_off(known: Known, day: pl.Expr) -> pl.Expr:
    """Hold days against the middle one: a few wrong ones do not move it."""
    years = day.dt.year() - day.median().dt.year()
    return years.abs() > known.limits["odd_years"]
