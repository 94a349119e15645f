"""Labour: who can work, how able they are, and whether a worker was lost."""

import polars as pl

from features.declaration import feature
from features.expressions import change, count, largest, latest, present, share, within

WORKING_AGE = pl.col("age").is_between(16, 59)


@feature(
    over="members",
    zh="劳动年龄人数（16至59岁）",
    en="members of working age (16 to 59)",
    unit="persons",
    source="DOMAIN 3.5: definitions of labour [C2]",
    direction=-1,
)
def n_working_age() -> pl.Expr:
    return count(WORKING_AGE)


@feature(
    over="members",
    zh="有劳动能力人数",
    en="members able to work",
    unit="persons",
    source="DOMAIN 3.5: skilled and ordinary labour [C2]",
    direction=-1,
)
def n_able_to_work() -> pl.Expr:
    return count(pl.col("labour").is_in(["skilled", "ordinary"]))


@feature(
    over="members",
    zh="劳动年龄成员中弱劳动力或丧失劳动力人数",
    en="working-age members with weak or lost ability",
    unit="persons",
    source="DOMAIN 3.5: weak and lost labour [C2]",
    direction=1,
)
def n_weak_labour() -> pl.Expr:
    return count(WORKING_AGE & pl.col("labour").is_in(["weak", "lost"]))


@feature(
    over="members",
    zh="非劳动年龄成员占比",
    en="share of members who are not of working age",
    source="DOMAIN 2.1: lack of labour [C1]",
    bounds=(0, 1),
    direction=1,
)
def dependent_share() -> pl.Expr:
    return share(~WORKING_AGE)


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
