"""Measures: they must fit the causes and somebody in the household."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import WORKING_AGE_ABLE, Known
from register.reference import measures


@check(
    severity="warning",
    zh="有劳动能力的监测户没有开发式帮扶措施（一兜了之）",
    en="somebody can work, but no measure helps to earn: relief only",
    next_step="落实产业、就业、金融或公益岗位帮扶 / begin industry, work, finance or a public post",
    reads=("monitoring.event", "assistance.measure", "members.labour"),
    source="DOMAIN 5, work-able households need >= 1 development measure [C1][S30]",
)
def relief_only(known: Known) -> pl.DataFrame:
    able = known.people.filter("is_able")
    helped = known.helped(known.monitored)
    development = [code for code, one in measures().items() if one.is_development]
    earning = helped.filter(pl.col("measure").is_in(development))
    only = helped.select("household_id").unique().join(earning, on="household_id", how="anti")
    return only.join(able, on="household_id", how="semi")


@check(
    severity="warning",
    zh="享受教育类帮扶，但家中没有学生",
    en="education support, but nobody is in school",
    next_step="核实在校生或更正措施 / verify the student or correct the measure",
    reads=("assistance.measure", "schooling.stage"),
    source="DOMAIN 5, a measure must match a member [C1]",
)
def education_without_student(known: Known) -> pl.DataFrame:
    pupils = known.view("schooling")
    return _needing(known, "student").join(pupils, on="household_id", how="anti")


@check(
    severity="warning",
    zh="享受须有劳动能力的帮扶，但家中无人能劳动",
    en="a measure that asks for work, but nobody is able to work",
    next_step="核实劳动能力或改用其他措施 / verify the ability to work or choose another measure",
    reads=("assistance.measure", "members.labour"),
    source="DOMAIN 5, a measure must match a member [C1]",
)
def work_measure_without_worker(known: Known) -> pl.DataFrame:
    able = known.people.filter(pl.col("labour").is_in(WORKING_AGE_ABLE))
    return _needing(known, "able_to_work").join(able, on="household_id", how="anti")


@check(
    severity="notice",
    zh="帮扶措施与风险类型都不对应",
    en="no measure serves any of the risks recorded",
    next_step="按风险类型调整措施 / choose measures that serve the risks",
    reads=("monitoring.main_cause", "assistance.measure"),
    source="DOMAIN 5, groups of measures by cause [C1]",
)
def measures_miss_the_cause(known: Known) -> pl.DataFrame:
    helped = known.helped(known.monitored)
    served = pl.DataFrame(
        [(code, cause) for code, one in measures().items() for cause in one.serves],
        schema={"measure": pl.String, "causes": pl.String},
        orient="row",
    )
    fitting = helped.explode("causes").join(served, on=["measure", "causes"], how="semi")
    return (
        known.monitored.filter(pl.col("causes").list.len() > 0)
        .join(helped, on="household_id", how="semi")
        .join(fitting, on="household_id", how="anti")
    )


@check(
    severity="error",
    zh="帮扶措施结束不晚于开始",
    en="a measure ends before it starts, or on the same day",
    next_step="核对措施起止日期 / check both dates",
    reads=("assistance.started_on", "assistance.ended_on"),
    source="DOMAIN 3.6, by analogy with work [C1]",
)
def measure_ends_before_start(known: Known) -> pl.DataFrame:
    return known.view("assistance").filter(pl.col("ended_on") <= pl.col("started_on"))


def _needing(known: Known, need: str) -> pl.DataFrame:
    """Give measures in force that ask for such a member, of households in the register."""
    codes = [code for code, one in measures().items() if need in one.needs]
    in_force = known.in_force("assistance").filter(pl.col("measure").is_in(codes))
    return in_force.join(known.households, on="household_id", how="semi")
