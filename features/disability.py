"""Disability: who is disabled or unable to work, how severely, since when."""

import polars as pl

from features.declaration import feature
from features.expressions import months_since, people, present, within

DISABLED = pl.col("kind") == "disability"


@feature(
    over="health",
    zh="残疾人数",
    en="disabled members",
    unit="persons",
    source="DOMAIN 2.1: needs a disabled member [C1]",
    direction=1,
)
def n_disabled_members() -> pl.Expr:
    return people(DISABLED & present())


@feature(
    over="health",
    zh="有重度残疾人",
    en="a member is severely disabled (grade 1 or 2)",
    source="DOMAIN 4: newly certified or severe disability [S43]",
    bounds=(0, 1),
    direction=1,
)
def has_severe_disability() -> pl.Expr:
    return (DISABLED & (pl.col("grade") <= 2) & present()).any()


@feature(
    over="health",
    zh="失能人数",
    en="members unable to work or care for themselves",
    unit="persons",
    source="DOMAIN 3.2 d6: support of the incapacitated; EPH CAT_INAC",
    direction=1,
)
def n_incapacitated_members() -> pl.Expr:
    return people((pl.col("kind") == "incapacity") & present())


@feature(
    over="health",
    zh="距最近一次残疾或失能认定的月数（五年前或从未为60）",
    en="months since a disability was last certified (60 if five years ago or never)",
    unit="months",
    source="DOMAIN 4: newly certified disability [S43]",
    direction=-1,
)
def months_since_disability() -> pl.Expr:
    return months_since(pl.col("kind").is_in(["disability", "incapacity"]), most=60)


@feature(
    over="health",
    zh="近12个月新认定残疾或失能人数",
    en="members newly certified disabled or incapacitated in 12 months",
    unit="persons",
    source="DOMAIN 4: newly certified disability [S43]",
    direction=1,
)
def n_new_disability_12m() -> pl.Expr:
    return people(pl.col("kind").is_in(["disability", "incapacity"]) & within(12) & present())


@feature(
    over="household",
    zh="每名有劳动能力成员照护的失能人数（无人能劳动按一人计）",
    en="members to be cared for per member able to work (at least one)",
    unit="persons",
    source="DOMAIN 3.2 d6: incapacitated elderly; 8.1: care takes labour",
    direction=1,
)
def care_per_able_member() -> pl.Expr:
    return pl.col("n_incapacitated_members") / pl.max_horizontal("n_able_to_work", 1)
