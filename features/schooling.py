"""Schooling: who studies at what own cost, who left school, who is about to leave."""

import polars as pl

from features.declaration import feature
from features.expressions import active, attending, count, largest, over_rural_income, present, total

STAGE = pl.col("stage")
HERE = active() & present()
ATTENDING = attending()
COSTLY = ("high", "vocational", "college", "university")


@feature(
    over="schooling",
    zh="非义务教育阶段学生数",
    en="students beyond compulsory school",
    unit="persons",
    source="DOMAIN 1.6: priority visits, non-compulsory students [S43]",
    direction=1,
)
def n_beyond_compulsory() -> pl.Expr:
    return count(ATTENDING & STAGE.is_in(COSTLY))


@feature(
    over="schooling",
    zh="就学自付费用占全年需求",
    en="own cost of schooling, share of a year's needs",
    unit="x needs",
    source="DOMAIN 4: own cost above 10,000 a school year [S53]",
    direction=1,
)
def school_cost_over_needs() -> pl.Expr:
    return total("own_cost_year_of_year", ATTENDING)


@feature(
    over="schooling",
    zh="失学辍学人数",
    en="members who dropped out of school",
    unit="persons",
    source="DOMAIN 3.1: dropped out of compulsory school [C4]",
    direction=1,
)
def n_dropouts() -> pl.Expr:
    return count(HERE & (STAGE == "dropped_out"))


@feature(
    over="schooling",
    zh="学龄未就学人数",
    en="children of 6 to 17 who do not attend school",
    unit="persons",
    source="DOMAIN 3.6: age 7-15 not in school [C1]; EPH CH10",
    direction=1,
)
def n_children_not_attending() -> pl.Expr:
    return count(active() & (STAGE == "not_attending") & pl.col("age").is_between(6, 17))


@feature(
    over="schooling",
    zh="即将升学人数（15至18岁在校）",
    en="students of 15 to 18, about to move to a costlier stage or to work",
    unit="persons",
    source="DOMAIN 3.5: stages of schooling",
    direction=1,
)
def n_before_transition() -> pl.Expr:
    return count(ATTENDING & pl.col("age").is_between(15, 18))


@feature(
    over="schooling",
    zh="单个学生最高年自付费用与上年农村人均可支配收入之比",
    en="largest own cost of one student over last year's rural income a head",
    unit="x rural income",
    source="DOMAIN 4: own cost above 10,000 a school year [S53]",
    direction=1,
)
def largest_school_cost_over_rural_income() -> pl.Expr:
    return over_rural_income(largest("own_cost_year", ATTENDING).fill_null(0))
