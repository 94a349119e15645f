"""Insurance: everybody has one basic health insurance, nobody two."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known

_SOURCE = "DOMAIN 3.6, both or neither medical insurance [C1]"


def _insured_as(known: Known, code: str) -> pl.DataFrame:
    entries = known.view("health").filter(pl.col("insurance").is_not_null()).sort("member_id", "occurred_on")
    latest = entries.unique("member_id", keep="last").filter(pl.col("insurance") == code)
    return known.people.join(latest, on="member_id", how="semi")


@check(
    severity="error",
    zh="未参加基本医疗保险",
    en="without basic health insurance",
    next_step="动员参保或更正参保信息 / have the person insured or correct the entry",
    reads=("health.insurance",),
    source=_SOURCE,
)
def uninsured(known: Known) -> pl.DataFrame:
    return _insured_as(known, "none")


@check(
    severity="warning",
    zh="重复参加居民医保和职工医保",
    en="in both the residents' and the employees' insurance",
    next_step="与医保部门核对，保留一种 / check with the insurer and keep one",
    reads=("health.insurance",),
    source=_SOURCE,
)
def insured_twice(known: Known) -> pl.DataFrame:
    return _insured_as(known, "several")
