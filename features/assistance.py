"""Assistance: help in force, help about to end, and earlier monitoring."""

import polars as pl

from features.declaration import feature
from features.earned import NOW
from features.expressions import active, count, current, months_since, ratio, smallest, total, within

MEASURE = pl.col("measure")
FROM_POLICY = pl.col("source").is_in(["public_post", "social_aid", "subsidy", "scholarship"])
IDENTIFIED = pl.col("event") == "identified"
#: Months after which a measure is a lasting one: a register that is young knows of no longer ones.
LASTING = 24


@feature(
    over="assistance", zh="在享帮扶措施数", en="measures in force", unit="measures", source="DOMAIN 5 [C4]"
)
def n_active_measures() -> pl.Expr:
    return count(active())


@feature(
    over="assistance",
    zh="在享帮扶措施类别数",
    en="kinds of measures in force",
    unit="kinds",
    source="DOMAIN 5: 14 groups [C4]",
    bounds=(0, 14),
)
def n_active_kinds() -> pl.Expr:
    return MEASURE.filter(active()).n_unique()


@feature(
    over="assistance",
    zh="在享就业或公益岗位帮扶",
    en="employment or public-post measure in force",
    source="DOMAIN 5: development measures [C1]",
    bounds=(0, 1),
)
def has_employment_help() -> pl.Expr:
    return (active() & MEASURE.is_in(["employment", "public_post"])).any()


@feature(
    over="assistance",
    zh="在享综合保障或社会帮扶",
    en="social security or social measure in force",
    source="DOMAIN 5 [C4]",
    bounds=(0, 1),
)
def has_social_help() -> pl.Expr:
    return (active() & MEASURE.is_in(["social_security", "social"])).any()


@feature(
    over="assistance",
    zh="3个月内到期的帮扶措施数",
    en="measures that end within 3 months",
    unit="measures",
    source="DOMAIN 1.5: contracts run to term [S37]",
)
def n_measures_ending_3m() -> pl.Expr:
    return count(active() & (pl.col("ends_in_months") <= 3))


@feature(
    over="assistance",
    zh="近12个月帮扶金额占全年需求",
    en="money given in 12 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 5 [C4]; EPH V5_M",
)
def help_over_needs_12m() -> pl.Expr:
    return total("amount_of_year", within(12))


@feature(
    over="monitoring",
    zh="以往被识别为监测对象次数",
    en="times identified for monitoring so far",
    unit="times",
    source="DOMAIN 8: relapse of eliminated households",
    direction=1,
)
def n_identifications() -> pl.Expr:
    return count(IDENTIFIED)


@feature(
    over="monitoring",
    zh="距上次风险消除的月数",
    en="months since the risk was last eliminated",
    unit="months",
    source="DOMAIN 1.5 [S33]",
)
def months_since_elimination() -> pl.Expr:
    return months_since(pl.col("event") == "eliminated")


@feature(
    over="assistance",
    zh="最近一项在享帮扶开始以来的月数（至多24）",
    en="months since the newest measure in force began, 24 at most",
    unit="months",
    source="DOMAIN 1.4: identified without a measure [C1]",
)
def months_since_help_began() -> pl.Expr:
    return months_since(active()).clip(upper_bound=LASTING)


@feature(
    over="assistance",
    zh="最早到期的在享帮扶剩余月数",
    en="months until the first measure in force ends",
    unit="months",
    source="DOMAIN 1.5: contracts run to term [S37]",
)
def months_until_help_ends() -> pl.Expr:
    return smallest("ends_in_months", active())


@feature(
    over="income",
    zh="政策性收入占总收入比例",
    en="share of income that rests on policy: posts, aid, subsidies",
    source="DOMAIN 1.3: not counted as stable [C2]; 5: public posts 27.6 % [S57]",
    bounds=(0, 1),
    parts=NOW | {"policy_now": total("amount_needs", current() & FROM_POLICY)},
)
def policy_income_share() -> pl.Expr:
    return ratio("policy_now", "earned_now")
