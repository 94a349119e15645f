"""Household: its standing, how it gets by in need, and where its students and workers are."""

import polars as pl

from features.declaration import feature
from features.expressions import attending, between, change, count, latest, share, within, working
from register.tables.shocks import COPING


@feature(
    over="households",
    zh="脱贫户",
    en="was lifted out of poverty",
    source="DOMAIN 1.1 [S1]",
    bounds=(0, 1),
)
def is_lifted_out() -> pl.Expr:
    return latest(pl.col("category") == "lifted_out")


@feature(
    over="history",
    zh="家庭人口较上次变化",
    en="change in members since the last observation",
    unit="persons",
    source="DOMAIN 1.1: actual co-residence [S2]",
    bounds=(None, None),
)
def household_size_change() -> pl.Expr:
    return change("household_size")


@feature(
    over="shocks",
    zh="近12个月应对困难的方式数",
    en="ways of getting by used in 12 months (savings, loans, sales)",
    unit="events",
    source="DOMAIN 1.1: own ability to cope [S6]; EPH V13 to V17",
    direction=1,
)
def n_coping_12m() -> pl.Expr:
    return count(pl.col("kind").is_in(COPING) & within(12))


@feature(
    over="shocks",
    zh="近12个月动用积蓄",
    en="spent savings in 12 months",
    source="EPH V13",
    bounds=(0, 1),
)
def has_spent_savings_12m() -> pl.Expr:
    return ((pl.col("kind") == "spent_savings") & within(12)).any()


@feature(
    over="shocks",
    zh="近12个月借债或赊购",
    en="borrowed or bought on credit in 12 months",
    source="EPH V14, V15, V16",
    bounds=(0, 1),
)
def has_borrowed_12m() -> pl.Expr:
    borrowed = pl.col("kind").is_in(["borrowed_family", "borrowed_bank", "bought_on_credit"])
    return (borrowed & within(12)).any()


@feature(
    over="schooling",
    zh="在校生人数",
    en="members at school",
    unit="persons",
    source="DOMAIN 3.1: school status [C4]",
)
def n_students() -> pl.Expr:
    return count(attending())


@feature(
    over="schooling",
    zh="民办学校在校生数",
    en="students at a private school",
    unit="persons",
    source="EPH CH11",
)
def n_in_private_school() -> pl.Expr:
    return count(attending() & pl.col("is_private"))


@feature(
    over="schooling",
    zh="处于三年学段最后一年的学生数",
    en="students in the last year of a three-year stage",
    unit="persons",
    source="DOMAIN 3.5: years of the stages [C1]",
)
def n_in_last_year() -> pl.Expr:
    three_years = pl.col("stage").is_in(["middle", "high", "vocational", "college"])
    return count(attending() & three_years & between(24, 36))


@feature(
    over="employment",
    zh="省外务工占比",
    en="share of workers outside the province",
    source="DOMAIN 8.1: 33 % out of province [S59]",
    bounds=(0, 1),
)
def outside_share() -> pl.Expr:
    return share(pl.col("place").is_in(["outside", "abroad"]), working())


@feature(
    over="employment",
    zh="建筑、家政行业就业占比",
    en="share of workers in construction or domestic service",
    source="EPH PP04B_COD; irregular sectors",
    bounds=(0, 1),
)
def irregular_sector_share() -> pl.Expr:
    return share(pl.col("sector").is_in(["construction", "domestic"]), working())
