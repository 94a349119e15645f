"""Employment: who works, on what terms, and what was lost lately.

Terms are counted and added up, never averaged: an average rises when the worse job ends,
and losing work would seem to lower the risk.
"""

import polars as pl

from features.declaration import feature
from features.expressions import (
    active,
    change,
    count,
    largest,
    people,
    present,
    ratio,
    smallest,
    total,
    where_known,
    working,
)

WORKING = working()
EMPLOYEE = active() & present() & pl.col("activity").is_in(["employee", "public_post"])
AWAY = pl.col("place").is_in(["province", "outside", "abroad"])
LASTED = pl.col("months_ago") - pl.col("ended_months_ago")
TENURE = pl.coalesce("tenure_months", pl.col("months_ago").cast(pl.Float64))
SKILL = {"unskilled": 0.0, "operative": 1.0, "technical": 2.0, "professional": 3.0}


@feature(
    over="employment",
    zh="就业人数",
    en="members at work",
    unit="persons",
    source="DOMAIN 3.3: migrant-work table [C1]",
    direction=-1,
)
def n_workers() -> pl.Expr:
    return count(WORKING)


@feature(
    over="employment",
    zh="受雇人数",
    en="members at work for an employer",
    unit="persons",
    source="EPH CAT_OCUP",
    direction=-1,
)
def n_employees() -> pl.Expr:
    return count(EMPLOYEE)


@feature(
    over="employment",
    zh="求职人数",
    en="members looking for work",
    unit="persons",
    source="DOMAIN 3.2: unemployed graduates; EPH ESTADO",
    direction=1,
)
def n_seeking() -> pl.Expr:
    return count(active() & present() & (pl.col("activity") == "seeking"))


@feature(
    over="employment",
    zh="有社保或合同的受雇人数",
    en="employees with a contract or pension contribution",
    unit="persons",
    source="EPH PP07H",
    direction=-1,
)
def n_formal() -> pl.Expr:
    return count(EMPLOYEE & pl.col("is_formal"))


@feature(
    over="employment",
    zh="全家每周工时合计",
    en="weekly hours of all at work, added up",
    unit="hours/week",
    source="EPH PP3E_TOT",
    direction=-1,
)
def weekly_hours() -> pl.Expr:
    return total("hours_week", WORKING)


@feature(
    over="employment",
    zh="当前月工资合计占月需求",
    en="monthly wages of present jobs, share of a month's needs",
    unit="x needs",
    source="DOMAIN 3.3: monthly migrant income [C1]",
    direction=-1,
)
def wages_over_needs() -> pl.Expr:
    return total("monthly_wage_of_year", WORKING) * 12


@feature(
    over="employment",
    zh="最高月工资占月需求",
    en="highest monthly wage, share of a month's needs",
    unit="x needs",
    source="DOMAIN 3.3: monthly migrant income [C1]",
    direction=-1,
)
def best_wage_over_needs() -> pl.Expr:
    wage = pl.when(WORKING).then(pl.col("monthly_wage_of_year"))
    return wage.max().fill_null(0) * 12  # not `largest`: no line and no wage are two things


@feature(
    over="employment",
    zh="最长在岗月数",
    en="longest time in a present job",
    unit="months",
    source="DOMAIN 4: unstable working time [S43]",
    direction=-1,
)
def longest_tenure() -> pl.Expr:
    return largest(TENURE, WORKING).fill_null(0)


@feature(
    over="employment",
    zh="在岗最高职业技能等级（0至3，无人就业为0）",
    en="highest skill level at work (0 unskilled or nobody at work, to 3 professional)",
    source="EPH PP04D_COD",
    bounds=(0, 3),
    direction=-1,
)
def best_skill() -> pl.Expr:
    level = pl.col("skill").replace_strict(SKILL, default=None, return_dtype=pl.Float64)
    return largest(level, WORKING).fill_null(0)


@feature(
    over="employment",
    zh="近12个月结束的务工次数",
    en="spells of work that ended in 12 months",
    unit="spells",
    source="DOMAIN 4: job loss or return home [S43]",
    direction=1,
)
def n_spells_ended_12m() -> pl.Expr:
    return count((pl.col("activity") != "seeking") & (pl.col("ended_months_ago") < 12))


@feature(
    over="employment",
    zh="距最近一次有工作的月数",
    en="months since someone last worked (0 if now)",
    unit="months",
    source="DOMAIN 4: no work for 1 to 3 months",
    direction=1,
)
def months_since_work() -> pl.Expr:
    since = pl.when(WORKING).then(0).otherwise(pl.col("ended_months_ago"))
    return smallest(since, pl.col("activity") != "seeking")


@feature(
    over="household",
    zh="劳动年龄人口就业比",
    en="workers per member of working age",
    source="DOMAIN 8.1: share of labour at work [S59]",
    direction=-1,
)
def employed_per_working_age() -> pl.Expr:
    return ratio("n_workers", "n_working_age")


@feature(
    over="history",
    zh="就业人数较上次变化",
    en="change in members at work since the last observation",
    unit="persons",
    source="DOMAIN 4: job loss or return home [S43]",
    bounds=(None, None),
    direction=-1,
)
def workers_change() -> pl.Expr:
    return change("n_workers")


@feature(
    over="employment",
    zh="近12个月提前返乡次数",
    en="spells of work outside the county given up within 6 months, in 12 months",
    unit="spells",
    source="DOMAIN 4: job loss or return home [S43]",
    direction=1,
)
def n_returned_early_12m() -> pl.Expr:
    return count(AWAY & (pl.col("ended_months_ago") < 12) & (LASTED < 6))


@feature(
    over="employment",
    zh="经组织或帮扶车间就业人数",
    en="members at work who were placed by government or a workshop",
    unit="persons",
    source="DOMAIN 3.3: channel, point-to-point transport [C1]",
    direction=-1,
)
def n_organised() -> pl.Expr:
    return count(WORKING & pl.col("channel").is_in(["organised", "workshop"]))


@feature(
    over="employment",
    zh="近12个月务工人月数",
    en="months its members worked in the last 12, added up",
    unit="months",
    source="DOMAIN 3.1: months of work [C4]",
    direction=-1,
)
def work_months_12m() -> pl.Expr:
    last = pl.min_horizontal(pl.col("months_ago") + 1, 12) - (pl.col("ended_months_ago") + 1).fill_null(0)
    worked = (pl.col("activity") != "seeking") & (last > 0) & present()
    return total(last, worked)


@feature(
    over="employment",
    zh="近12个月结束的不足3个月务工次数",
    en="spells of less than 3 months that ended in 12 months",
    unit="spells",
    source="DOMAIN 4: unstable working time [S43]",
    direction=1,
)
def n_short_spells_12m() -> pl.Expr:
    return count((pl.col("activity") != "seeking") & (pl.col("ended_months_ago") < 12) & (LASTED < 3))


@feature(
    over="employment",
    zh="近12个月曾就业、现未就业人数",
    en="members who worked in the last 12 months and do not now",
    unit="persons",
    source="DOMAIN 4: no work for 1 to 3 months",
    direction=1,
)
def n_out_of_work() -> pl.Expr:
    stopped = (pl.col("activity") != "seeking") & (pl.col("ended_months_ago") < 12) & present()
    return people(stopped | WORKING) - people(WORKING)


@feature(
    over="members",
    zh="未就业也未求职的成年人数（18至64岁）",
    en="adults of 18 to 64 without work who do not look for it",
    unit="persons",
    source="DOMAIN 8.1: share of labour at work [S59]; EPH ESTADO",
    direction=1,
)
def n_inactive_adults() -> pl.Expr:
    inactive = pl.col("age").is_between(18, 64) & ~pl.col("is_in_labour_force")
    return where_known("is_in_labour_force", count(inactive))


@feature(
    over="members",
    zh="户主配偶在业（无配偶为空）",
    en="the spouse of the head is at work (missing without a spouse)",
    source="DOMAIN 1.6: high share of one unstable wage [S43]; EPH CH03, ESTADO",
    bounds=(0, 1),
    direction=-1,
)
def is_spouse_at_work() -> pl.Expr:
    return pl.when(pl.col("relation") == "spouse").then(pl.col("is_at_work")).max()
