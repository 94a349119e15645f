"""Household: who belongs to it, and whether anybody has looked lately."""

from typing import Literal

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known
from register.ids.spelling import look

_FIX_MEMBERS = "更正家庭成员 / correct the members"
RECORDS = ("employment", "health", "schooling")


@check(
    severity="error",
    zh="户内没有成员",
    en="household without members",
    next_step="补录成员或注销该户 / enter the members or end the household",
    reads=("households.household_id", "members.member_id"),
    source="DOMAIN 3.1, members of a household [C4]",
)
def without_members(known: Known) -> pl.DataFrame:
    return known.households.join(known.view("members"), on="household_id", how="anti")


@check(
    severity="warning",
    zh="户内没有户主",
    en="household without a head",
    next_step="指定户主 / name the head",
    reads=("members.relation",),
    source="DOMAIN 3.1, relation to the head [C4]",
)
def without_head(known: Known) -> pl.DataFrame:
    heads = known.people.filter(pl.col("relation") == "head")
    peopled = known.households.join(known.people, on="household_id", how="semi")
    return peopled.join(heads, on="household_id", how="anti")


@check(
    severity="error",
    zh="户内有两个户主",
    en="household with two heads",
    next_step="两户则各给编号，一户则只留一个户主 / two families: give each an id; one: keep one head",
    reads=("members.relation",),
    source="DOMAIN 3.1, relation to the head [C4]",
)
def two_heads(known: Known) -> pl.DataFrame:
    heads = known.people.filter(pl.col("relation") == "head")
    return heads.filter(pl.len().over("household_id") > 1)


@check(
    severity="notice",
    zh="{stale_months:g}个月没有任何新记录",
    en="nothing recorded for {stale_months:g} months",
    next_step="入户更新信息 / visit and bring the records up to date",
    reads=("income.recorded_on",),
    limits=("stale_months",),
    source="DOMAIN 1.6, yearly collection [S40]; 7.1, staleness [S73]",
)
def stale(known: Known) -> pl.DataFrame:
    months = int(known.limits["stale_months"])
    since = pl.lit(known.as_of_date).dt.offset_by(f"-{months}mo")
    named = [frame for name, frame in known.shard.tables.items() if name != "villages"]
    fresh = [one.filter(pl.col("recorded_on") > since).select("household_id") for one in named]
    return known.households.join(pl.concat(fresh).unique(), on="household_id", how="anti")


@check(
    severity="error",
    zh="成员去世或迁出后仍有记录",
    en="records of a member after death or leaving",
    next_step="核对注销日期，删除或改正之后的记录 / check when the member left, correct what came later",
    reads=("members.valid_to",),
    source="DOMAIN 3.2, state of a member [C4]",
)
def record_after_leaving(known: Known) -> pl.DataFrame:
    latest = known.versions("members").sort("member_id", "valid_from", "recorded_on")
    left = latest.unique("member_id", keep="last").filter(pl.col("valid_to") <= known.as_of_date)
    records = pl.concat(_dated(known, name) for name in RECORDS)
    return records.join(left.select("member_id", "valid_to"), on="member_id").filter(
        pl.col("day") > pl.col("valid_to")
    )


@check(
    severity="error",
    zh="记录的人员不在任何户的成员中",
    en="record of a person who is no member of any household",
    next_step="补录成员或更正人编号 / enter the member or correct the id",
    reads=("members.member_id",),
    source="RELIABILITY case 5, ids must meet",
)
def unknown_member(known: Known) -> pl.DataFrame:
    return _of_nobody(known, "anti")


@check(
    severity="error",
    zh="记录的人编号与成员表写法不同",
    en="record of a member whose id is spelt otherwise in the members table",
    next_step="照成员表的写法 / write the id as the members table does",
    reads=("members.member_id",),
    source="RELIABILITY case 5, ids must meet",
)
def member_spelt_otherwise(known: Known) -> pl.DataFrame:
    return _of_nobody(known, "semi")


@check(
    severity="warning",
    zh="记录的户编号不是该成员所在的户",
    en="record under another household than the member's",
    next_step="更正户编号或成员所在户 / correct the household of the record or of the member",
    reads=("members.member_id",),
    source="DOMAIN 1.1, the household is the unit [S2]",
)
def member_elsewhere(known: Known) -> pl.DataFrame:
    homes = known.versions("members").select("household_id", "member_id").unique()
    records = pl.concat(_dated(known, name) for name in RECORDS)
    strange = records.join(homes, on=["household_id", "member_id"], how="anti")
    return strange.join(homes, on="member_id", how="semi")


@check(
    severity="error",
    zh="年龄超过{oldest_age:g}岁",
    en="older than {oldest_age:g}",
    next_step="核对出生日期 / check the date of birth",
    reads=("members.birth_date",),
    limits=("oldest_age",),
    source="project, typing errors in dates of birth",
)
def too_old(known: Known) -> pl.DataFrame:
    return known.people.filter(pl.col("age") > known.limits["oldest_age"])


@check(
    severity="warning",
    zh="子女与户主年龄差不足{youngest_parent:g}岁",
    en="child of the head less than {youngest_parent:g} years younger",
    next_step="核对与户主关系和出生日期 / check the relation and both dates of birth",
    reads=("members.relation", "members.birth_date"),
    limits=("youngest_parent",),
    source="project, typing errors in relations",
)
def child_too_old(known: Known) -> pl.DataFrame:
    heads = known.people.filter(pl.col("relation") == "head").select("household_id", head_age="age")
    children = known.people.filter(pl.col("relation") == "child").join(heads, on="household_id")
    return children.filter(pl.col("head_age") - pl.col("age") < known.limits["youngest_parent"])


@check(
    severity="notice",
    zh="家庭人口超过{most_members:g}人",
    en="more than {most_members:g} members",
    next_step=_FIX_MEMBERS,
    reads=("members.member_id",),
    limits=("most_members",),
    source="project; mean size DOMAIN 6.1 [S57]",
)
def too_many_members(known: Known) -> pl.DataFrame:
    sizes = known.people.group_by("household_id").len()
    return sizes.filter(pl.col("len") > known.limits["most_members"])


@check(
    severity="warning",
    zh="脱贫户没有脱贫日期",
    en="lifted out of poverty without a date",
    next_step="补录脱贫日期 / enter the date",
    reads=("households.category", "households.lifted_out_on"),
    source="DOMAIN 3.5, list of lifted-out people [C7]",
)
def lifted_out_without_date(known: Known) -> pl.DataFrame:
    return known.households.filter(pl.col("category") == "lifted_out", pl.col("lifted_out_on").is_null())


@check(
    severity="warning",
    zh="分户或并户缺少原户编号，或原户不存在",
    en="split or merged household without its origin, or with one nobody knows",
    next_step="补录或更正原户编号 / enter or correct the household of origin",
    reads=("households.origin",),
    source="DESIGN 3, households that split keep their history",
)
def origin_unknown(known: Known) -> pl.DataFrame:
    came = known.households.filter(pl.col("origin").is_in(["split", "merged"]))
    ever = known.versions("households").select(origin_household_id="household_id").unique()
    return came.join(ever, on="origin_household_id", how="anti")


def _of_nobody(known: Known, how: Literal["anti", "semi"]) -> pl.DataFrame:
    """Give the records whose person is no member, unlike (anti) or like (semi) a member's id to look at."""
    records = pl.concat(_dated(known, name) for name in RECORDS)
    members = known.versions("members").select("member_id")
    strange = records.join(members, on="member_id", how="anti")
    if strange.is_empty():  # as in most counties: the look of every member costs more than all else here
        return strange
    alike = look(pl.col("member_id")).alias("look")
    return strange.with_columns(alike).join(members.select(alike), on="look", how=how)


def _dated(known: Known, name: str) -> pl.DataFrame:
    event = "occurred_on" if name == "health" else "started_on"
    return known.view(name).select("household_id", "member_id", pl.col(event).alias("day"))
