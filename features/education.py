"""Education: how long adults, the head and the spouse went to school, and who of them still does.

It belongs to the group ``household``: what was completed long ago is no event of the cause schooling.
"""

import polars as pl

from features.attendance import YEARS
from features.declaration import feature
from features.expressions import attending, count, mean, smallest

ADULT = pl.col("age") >= 18


def _school_years_of(relation: str) -> pl.Expr:
    return mean("school_years", pl.col("relation") == relation)


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
    return mean("school_years", ADULT)


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
    return pl.col("school_years").max()


@feature(
    over="members",
    zh="成年人最低受教育年限",
    en="fewest years of school of an adult",
    unit="years",
    source="DOMAIN 2.3: remaining poor mostly with primary school [S48]",
    bounds=(0, 16),
)
def lowest_education() -> pl.Expr:
    return smallest("school_years", ADULT)


@feature(
    over="members",
    zh="小学及以下文化程度成年人数",
    en="adults with primary school at most",
    unit="persons",
    source="DOMAIN 2.3: remaining poor mostly with primary school [S48]",
)
def n_primary_at_most() -> pl.Expr:
    return count(ADULT & (pl.col("school_years") <= YEARS["primary"]))


@feature(
    over="members",
    zh="大专及以上（含在读）人数",
    en="members who finished or attend college or university",
    unit="persons",
    source="DOMAIN 2.3 [S48]; EPH NIVEL_ED",
)
def n_higher_education() -> pl.Expr:
    return count(pl.col("school_years") >= YEARS["college"])


@feature(
    over="members",
    zh="户主受教育年限",
    en="years of school of the head",
    unit="years",
    source="DOMAIN 2.3: remaining poor mostly with primary school [S48]",
    bounds=(0, 16),
)
def education_of_head() -> pl.Expr:
    return _school_years_of("head")


@feature(
    over="members",
    zh="户主配偶受教育年限",
    en="years of school of the spouse of the head",
    unit="years",
    source="DOMAIN 2.3: remaining poor mostly with primary school [S48]",
    bounds=(0, 16),
)
def education_of_spouse() -> pl.Expr:
    return _school_years_of("spouse")


@feature(
    over="schooling",
    zh="18岁及以上在校生人数",
    en="students of 18 and over",
    unit="persons",
    source="DOMAIN 3.2: graduates; EPH CAT_INAC",
)
def n_adult_students() -> pl.Expr:
    return count(attending() & ADULT)
