"""Employment: dates, wages, hours and public posts."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known

PAID = ("employee", "public_post")


@check(
    severity="error",
    zh="务工结束不晚于开始",
    en="work ends before it starts, or on the same day",
    next_step="核对务工起止日期 / check both dates",
    reads=("employment.started_on", "employment.ended_on"),
    source="DOMAIN 3.6, work end before start [C1]",
)
def work_ends_before_start(known: Known) -> pl.DataFrame:
    return known.view("employment").filter(pl.col("ended_on") <= pl.col("started_on"))


@check(
    severity="warning",
    zh="月工资低于{low_wage:g}元",
    en="monthly wage below {low_wage:g} yuan",
    next_step="核实务工月收入和单位 / verify the wage and its unit",
    reads=("employment.monthly_wage",),
    limits=("low_wage",),
    source="DOMAIN 3.6, monthly wage < 400 [C1]",
)
def low_wage(known: Known) -> pl.DataFrame:
    wage = pl.col("monthly_wage")
    return known.in_force("employment").filter(
        pl.col("activity") == "employee", wage > 0, wage < known.limits["low_wage"]
    )


@check(
    severity="error",
    zh="有公益岗位但没有岗位工资",
    en="public post without a wage",
    next_step="补录公益岗位工资性收入 / enter the wage of the post",
    reads=("employment.activity", "employment.monthly_wage", "income.source"),
    source="DOMAIN 1.5, post but wage income = 0 [C1]",
)
def post_without_wage(known: Known) -> pl.DataFrame:
    posts = known.in_force("employment").filter(
        pl.col("activity") == "public_post", pl.col("monthly_wage").fill_null(0) == 0
    )
    paid = known.view("income").filter(
        pl.col("months_ago") < 12, pl.col("source").is_in(["wage", "public_post"]), pl.col("amount") > 0
    )
    return posts.join(paid, on="household_id", how="anti")


@check(
    severity="error",
    zh="公益岗位人员未满{post_age_from:g}岁或年满{post_age_to:g}岁",
    en="holder of a public post below {post_age_from:g}, or {post_age_to:g} and older",
    next_step="核实年龄，按规定退岗 / verify the age; end the post where the rules say so",
    reads=("employment.activity", "members.birth_date"),
    limits=("post_age_from", "post_age_to"),
    source="DOMAIN 3.6, age < 16 or >= 70 with a public post [C1]",
)
def post_at_odd_age(known: Known) -> pl.DataFrame:
    posts = known.in_force("employment").filter(pl.col("activity") == "public_post")
    odd = (pl.col("age") < known.limits["post_age_from"]) | (pl.col("age") >= known.limits["post_age_to"])
    return known.people.filter(odd).join(posts, on="member_id", how="semi")


@check(
    severity="error",
    zh="一人同时有{most_posts:g}个及以上公益岗位",
    en="{most_posts:g} or more public posts of one person at a time",
    next_step="核实在岗情况 / verify which posts are held",
    reads=("employment.activity",),
    limits=("most_posts",),
    source="DOMAIN 3.6, >= 3 posts per person [C1]",
)
def many_posts(known: Known) -> pl.DataFrame:
    posts = known.in_force("employment").filter(pl.col("activity") == "public_post")
    held = pl.len().over("member_id")
    return posts.filter(held >= known.limits["most_posts"])


@check(
    severity="warning",
    zh="在校生同时在务工",
    en="student at work as an employee",
    next_step="核实在校状况和务工记录 / verify the schooling and the job",
    reads=("employment.activity", "schooling.stage"),
    source="DOMAIN 3.6, student marked as worker [C1]",
)
def student_at_work(known: Known) -> pl.DataFrame:
    employed = known.in_force("employment").filter(pl.col("activity").is_in(PAID))
    return known.people.filter("is_student").join(employed, on="member_id", how="semi")


@check(
    severity="error",
    zh="未满{working_age_from:g}岁有务工记录",
    en="at work below {working_age_from:g}",
    next_step="核实年龄；如属实按童工处理 / verify the age; child labour must be reported",
    reads=("employment.activity", "members.birth_date"),
    limits=("working_age_from",),
    source="DOMAIN 3.5, below 16 is no labour [C2]",
)
def child_at_work(known: Known) -> pl.DataFrame:
    employed = known.in_force("employment").filter(pl.col("activity").is_in(PAID))
    young = known.people.filter(pl.col("age") < known.limits["working_age_from"])
    return young.join(employed, on="member_id", how="semi")


@check(
    severity="warning",
    zh="各岗位周工时合计超过{most_hours_week:g}小时",
    en="more than {most_hours_week:g} hours a week over all jobs",
    next_step="核对工时或结束已停的岗位 / check the hours, end jobs that are over",
    reads=("employment.hours_week",),
    limits=("most_hours_week",),
    source="project, from the entries of one person [C1]",
)
def impossible_hours(known: Known) -> pl.DataFrame:
    total = pl.col("hours_week").sum().over("member_id")
    return known.in_force("employment").filter(
        total > known.limits["most_hours_week"], pl.col("hours_week") > 0
    )


@check(
    severity="warning",
    zh="因务工就业不稳识别，但家中无人有务工记录",
    en="identified for unstable work, but nobody has a record of work",
    next_step="补录务工记录或更正风险类型 / enter the work or correct the risk",
    reads=("monitoring.main_cause", "employment.activity"),
    source="DOMAIN 2.1, needs a member with a work record [C1]",
)
def employment_cause_without_work(known: Known) -> pl.DataFrame:
    named = known.identified.filter(pl.col("causes").list.contains("employment"))
    return named.join(known.view("employment"), on="household_id", how="anti")
