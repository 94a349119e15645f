"""Schooling: who should be in school, and who can be."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import STUDY, Known


@check(
    severity="error",
    zh="{school_age_from:g}至{school_age_to:g}岁不在校且无原因",
    en="aged {school_age_from:g} to {school_age_to:g}, not in school and no reason given",
    next_step="核实就学，落实控辍保学 / verify the schooling; bring the child back to school",
    reads=("schooling.stage", "members.birth_date"),
    limits=("school_age_from", "school_age_to"),
    source="DOMAIN 3.6, age 7-15 not in school with no reason [C1]",
)
def child_not_in_school(known: Known) -> pl.DataFrame:
    of_age = pl.col("age").is_between(known.limits["school_age_from"], known.limits["school_age_to"])
    return known.people.filter(of_age, ~pl.col("is_ill")).join(
        known.in_force("schooling"), on="member_id", how="anti"
    )


@check(
    severity="warning",
    zh="就学阶段与年龄不符",
    en="stage of schooling does not fit the age",
    next_step="更正就学阶段或出生日期 / correct the stage or the date of birth",
    reads=("schooling.stage", "members.birth_date"),
    limits=("primary_age_to", "university_age_from"),
    source="DOMAIN 3.5, stages of schooling [C1][C2]",
)
def stage_against_age(known: Known) -> pl.DataFrame:
    ages = known.people.select("member_id", "age")
    old = (pl.col("stage") == "primary") & (pl.col("age") > known.limits["primary_age_to"])
    young = pl.col("stage").is_in(["college", "university"]) & (
        pl.col("age") < known.limits["university_age_from"]
    )
    return known.in_force("schooling").join(ages, on="member_id").filter(old | young)


@check(
    severity="warning",
    zh="同时在两个学段就读",
    en="in two stages of schooling at a time",
    next_step="结束已完成的学段 / end the stage that is over",
    reads=("schooling.stage",),
    source="DOMAIN 3.5, one stage a student [C1][C2]",
)
def two_stages(known: Known) -> pl.DataFrame:
    studies = known.in_force("schooling").filter(pl.col("stage").is_in(STUDY))
    return studies.filter(pl.col("stage").n_unique().over("member_id") > 1)


@check(
    severity="error",
    zh="因学识别，但家中没有学生",
    en="identified for schooling, but nobody has been in school",
    next_step="补录在校生或更正风险类型 / enter the student or correct the risk",
    reads=("monitoring.main_cause", "schooling.stage"),
    source="DOMAIN 2.1 and 5, the cause must match a member [C1]",
)
def schooling_cause_without_student(known: Known) -> pl.DataFrame:
    named = known.identified.filter(pl.col("causes").list.contains("schooling"))
    return named.join(known.view("schooling"), on="household_id", how="anti")
