"""Labour: who can work, how able and educated they are, and whether a worker was lost."""

import polars as pl

from features.declaration import feature
from features.expressions import change, count, divide, largest, latest, present, share, within

WORKING_AGE = pl.col("age").is_between(16, 59)
YEARS = {"none": 0.0, "primary": 6.0, "middle": 9.0, "high": 12.0, "college": 15.0, "university": 16.0}


def _school_years() -> pl.Expr:
    return pl.col("education").replace_strict(YEARS, default=None, return_dtype=pl.Float64)


@feature(
    over="members",
    zh="劳动年龄人数（16至59岁）",
    en="members of working age (16 to 59)",
    unit="persons",
    source="DOMAIN 3.5: definitions of labour [C2]",
)
def n_working_age() -> pl.Expr:
    return count(WORKING_AGE)


@feature(
    over="members",
    zh="有劳动能力人数",
    en="members able to work",
    unit="persons",
    source="DOMAIN 3.5: skilled and ordinary labour [C2]",
)
def n_able_to_work() -> pl.Expr:
    return count(pl.col("labour").is_in(["skilled", "ordinary"]))


@feature(
    over="members",
    zh="劳动年龄成员中弱劳动力或丧失劳动力占比",
    en="share of working-age members with weak or lost ability",
    source="DOMAIN 3.5: weak and lost labour [C2]",
    bounds=(0, 1),
    direction=1,
)
def weak_labour_share() -> pl.Expr:
    return share(pl.col("labour").is_in(["weak", "lost"]), WORKING_AGE)


@feature(
    over="members",
    zh="成年人平均受教育年限",
    en="mean years of school of adults",
    unit="years",
    source="DOMAIN 2.3: remaining poor mostly with primary school [S48]",
    bounds=(0, 16),
    direction=-1,
)
def mean_education() -> pl.Expr:
    return pl.when(pl.col("age") >= 18).then(_school_years()).mean()


@feature(
    over="members",
    zh="家庭最高受教育年限",
    en="most years of school in the household",
    unit="years",
    source="DOMAIN 2.3 [S48]",
    bounds=(0, 16),
    direction=-1,
)
def highest_education() -> pl.Expr:
    return _school_years().max()


@feature(
    over="household",
    zh="每名劳动年龄人口负担人数",
    en="members per member of working age",
    unit="persons",
    source="DOMAIN 2.1: lack of labour [C1]",
    bounds=(1, None),
)
def members_per_working_age() -> pl.Expr:
    return divide(pl.col("n_members"), pl.col("n_working_age"))


@feature(
    over="history",
    zh="劳动年龄人数较上次变化",
    en="change in members of working age since the last observation",
    unit="persons",
    source="DOMAIN 2.1: lack of labour [C1]",
    bounds=(None, None),
    direction=-1,
)
def working_age_change() -> pl.Expr:
    return change("n_working_age")


@feature(
    over="households",
    zh="原致贫原因为缺技术、缺劳力或内生动力不足",
    en="was poor for want of skills, labour or motivation",
    source="DOMAIN 2.2: older causes are structural attributes",
    bounds=(0, 1),
)
def was_poor_through_labour() -> pl.Expr:
    return latest(pl.col("structural_cause").is_in(["skills", "labour", "motivation"]))


@feature(
    over="employment",
    zh="主要劳动力已离开家庭",
    en="the best-paid worker of the last 12 months belongs to the household no more",
    source="DOMAIN 4: loss of the main worker [S39]",
    bounds=(0, 1),
    direction=1,
)
def has_lost_main_worker() -> pl.Expr:
    lately = (pl.col("is_active") & within(24)) | (pl.col("ended_months_ago") < 12)
    gone, here = (largest("monthly_wage", lately & one) for one in (~present(), present()))
    return gone.fill_null(0) > here.fill_null(0)
