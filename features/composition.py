"""Composition: how many live in the household, how old they are, who is at home or draws a pension.

It belongs to the group ``household``: it says who is there and names no cause.
"""

import polars as pl

from features.declaration import feature
from features.expressions import count, current, mean, people, where_known

AGE = pl.col("age")


@feature(over="members", zh="家庭人口", en="members", unit="persons", source="DOMAIN 3.1 [C4]")
def household_size() -> pl.Expr:
    return pl.len()


@feature(
    over="members",
    zh="3岁以下儿童数",
    en="children under 3",
    unit="persons",
    source="DOMAIN 1.6: many children [S43]; EPH CH06",
)
def n_under_3() -> pl.Expr:
    return count(AGE < 3)


@feature(over="members", zh="6岁以下儿童数", en="children under 6", unit="persons", source="EPH CH06")
def n_under_6() -> pl.Expr:
    return count(AGE < 6)


@feature(
    over="members",
    zh="6至12岁儿童数",
    en="children of 6 to 12",
    unit="persons",
    source="DOMAIN 1.6: many children [S43]; EPH CH06",
)
def n_aged_6_to_12() -> pl.Expr:
    return count(AGE.is_between(6, 12))


@feature(
    over="members",
    zh="13至17岁人数",
    en="children of 13 to 17",
    unit="persons",
    source="DOMAIN 1.6: many children [S43]; EPH CH06",
)
def n_aged_13_to_17() -> pl.Expr:
    return count(AGE.is_between(13, 17))


@feature(over="members", zh="18岁以下人数", en="children under 18", unit="persons", source="DOMAIN 1.6 [S43]")
def n_under_18() -> pl.Expr:
    return count(AGE < 18)


@feature(
    over="members",
    zh="18至24岁人数",
    en="members of 18 to 24",
    unit="persons",
    source="DOMAIN 3.5: definitions of labour [C2]; EPH CH06",
)
def n_aged_18_to_24() -> pl.Expr:
    return count(AGE.is_between(18, 24))


@feature(
    over="members",
    zh="25至44岁人数",
    en="members of 25 to 44",
    unit="persons",
    source="DOMAIN 3.5: definitions of labour [C2]; EPH CH06",
)
def n_aged_25_to_44() -> pl.Expr:
    return count(AGE.is_between(25, 44))


@feature(
    over="members",
    zh="45至64岁人数",
    en="members of 45 to 64",
    unit="persons",
    source="DOMAIN 3.5: definitions of labour [C2]; EPH CH06",
)
def n_aged_45_to_64() -> pl.Expr:
    return count(AGE.is_between(45, 64))


@feature(
    over="members", zh="60岁及以上人数", en="members of 60 and over", unit="persons", source="DOMAIN 3.5"
)
def n_elderly() -> pl.Expr:
    return count(AGE >= 60)


@feature(
    over="members",
    zh="65岁及以上人数",
    en="members of 65 and over",
    unit="persons",
    source="DOMAIN 7.2: the elderly are a hard group [S84]; EPH CH06",
)
def n_aged_65_and_over() -> pl.Expr:
    return count(AGE >= 65)


@feature(
    over="members",
    zh="全为老年人",
    en="only members of 60 and over",
    source="DOMAIN 7.2: lone elderly are a hard group [S84]",
    bounds=(0, 1),
)
def is_elderly_only() -> pl.Expr:
    return (AGE >= 60).all()


@feature(
    over="members",
    zh="仅一名成年人且有未成年人",
    en="one adult alone with children",
    source="DOMAIN 1.6: many children [S43]",
    bounds=(0, 1),
)
def is_single_adult() -> pl.Expr:
    return ((AGE >= 18).sum() == 1) & (AGE < 18).any()


@feature(
    over="members", zh="户主年龄", en="age of the head", unit="years", source="EPH CH06", bounds=(0, 120)
)
def age_of_head() -> pl.Expr:
    return mean("age", pl.col("relation") == "head")


@feature(
    over="members",
    zh="最小成员年龄",
    en="age of the youngest member",
    unit="years",
    source="EPH CH06",
    bounds=(0, 120),
)
def age_of_youngest() -> pl.Expr:
    return AGE.min()


@feature(
    over="members",
    zh="成员平均年龄",
    en="mean age of the members",
    unit="years",
    source="EPH CH06",
    bounds=(0, 120),
)
def mean_age() -> pl.Expr:
    return AGE.mean()


@feature(
    over="members",
    zh="户主有配偶同住",
    en="the spouse of the head lives in the household",
    source="DOMAIN 3.1: relation to the head [C4]; EPH CH03",
    bounds=(0, 1),
)
def has_spouse() -> pl.Expr:
    return (pl.col("relation") == "spouse").any()


@feature(
    over="members",
    zh="有劳动能力、未就业未求职也不在校的成年人数（18至64岁）",
    en="able adults of 18 to 64 at home: they neither work, look for work nor study",
    unit="persons",
    source="DOMAIN 8.1: care takes labour; EPH CAT_INAC",
)
def n_adults_at_home() -> pl.Expr:
    able = AGE.is_between(18, 64) & pl.col("labour").is_in(["skilled", "ordinary"])
    at_home = able & ~pl.col("is_in_labour_force") & pl.col("years_attended").is_null()
    return where_known("is_in_labour_force", count(at_home))


@feature(
    over="income",
    zh="有养老金收入的人数",
    en="members who draw a pension",
    unit="persons",
    source="DOMAIN 3.2 d4 [C4]; EPH V2_M",
)
def n_pensioners() -> pl.Expr:
    return people(current() & (pl.col("source") == "pension") & (pl.col("amount") > 0))
