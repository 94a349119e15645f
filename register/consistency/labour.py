"""Labour: ability to work against age, health, study and the causes recorded."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known


@check(
    severity="warning",
    zh="在校生标为普通或技能劳动力",
    en="student marked as able to work",
    next_step="更正劳动技能或在校状况 / correct the ability to work or the schooling",
    reads=("schooling.stage", "members.labour"),
    source="DOMAIN 3.6, student marked able to work [C1]",
)
def student_marked_able(known: Known) -> pl.DataFrame:
    return known.people.filter("is_student", "is_able")


@check(
    severity="warning",
    zh="{working_age_from:g}至{working_age_to:g}岁、健康、非在校，但标为弱、丧失或无劳动力",
    en="aged {working_age_from:g} to {working_age_to:g}, healthy, no student, but of weak, lost or no labour",
    next_step="核实劳动能力或补录健康状况 / verify the ability to work or enter the illness",
    reads=("health.kind", "members.labour", "schooling.stage"),
    limits=("working_age_from", "working_age_to"),
    source="DOMAIN 3.6 [C1]; definitions of labour, DOMAIN 3.5 [C2]",
)
def healthy_without_labour(known: Known) -> pl.DataFrame:
    of_age = pl.col("age").is_between(known.limits["working_age_from"], known.limits["working_age_to"])
    unable = pl.col("labour").is_in(["weak", "lost", "none"])
    return known.people.filter(of_age, unable, ~pl.col("is_ill"), ~pl.col("is_student"))


@check(
    severity="error",
    zh="未满{working_age_from:g}岁标为普通或技能劳动力",
    en="below {working_age_from:g}, but marked as able to work",
    next_step="更正劳动技能 / correct the ability to work",
    reads=("members.labour",),
    limits=("working_age_from",),
    source="DOMAIN 3.5, ordinary labour is 16 to 60 [C2]",
)
def child_marked_able(known: Known) -> pl.DataFrame:
    return known.people.filter("is_able", pl.col("age") < known.limits["working_age_from"])


@check(
    severity="warning",
    zh="特困供养人员{special_support_from:g}至{special_support_to:g}岁且健康",
    en="in special support, but aged {special_support_from:g} to {special_support_to:g} and healthy",
    next_step="会同民政核实特困资格 / verify the entitlement with civil affairs",
    reads=("members.is_special_support", "health.kind"),
    limits=("special_support_from", "special_support_to"),
    source="DOMAIN 3.6, special-support person 18-60 healthy [C1]",
)
def special_support_healthy(known: Known) -> pl.DataFrame:
    of_age = pl.col("age").is_between(
        known.limits["special_support_from"], known.limits["special_support_to"]
    )
    return known.people.filter("is_special_support", of_age, ~pl.col("is_ill"), ~pl.col("is_student"))


@check(
    severity="warning",
    zh="因缺劳动力识别，但多数成员有劳动能力",
    en="identified for lack of labour, but most members can work",
    next_step="核实风险类型 / verify the risk",
    reads=("monitoring.main_cause", "members.labour"),
    limits=("able_share",),
    source="DOMAIN 2.1, not allowed if most members can work [C1]",
)
def labour_cause_with_workers(known: Known) -> pl.DataFrame:
    shares = known.people.group_by("household_id").agg(pl.col("is_able").fill_null(value=False).mean())
    able = shares.filter(pl.col("is_able") > known.limits["able_share"])
    return known.monitored.filter(pl.col("causes").list.contains("labour")).join(
        able, on="household_id", how="semi"
    )


@check(
    severity="error",
    zh="整户无劳动能力户中有普通或技能劳动力",
    en="whole household without labour, but a member is able to work",
    next_step="更正整户无劳动能力标识或成员劳动技能 / correct the mark or the member",
    reads=("households.has_no_labour", "members.labour"),
    source="DOMAIN 1.5 and 3.1 [S34][C4]",
)
def no_labour_with_worker(known: Known) -> pl.DataFrame:
    marked = known.households.filter("has_no_labour")
    return known.people.filter("is_able").join(marked, on="household_id", how="semi")


@check(
    severity="warning",
    zh="丧失或无劳动力，但正在务工",
    en="marked as of lost or no labour, but at work",
    next_step="核实劳动技能或务工记录 / verify the ability to work or the job",
    reads=("employment.activity", "members.labour"),
    source="DOMAIN 3.5, definitions of labour [C2]",
)
def unable_at_work(known: Known) -> pl.DataFrame:
    employed = known.in_force("employment").filter(pl.col("activity") == "employee")
    unable = known.people.filter(pl.col("labour").is_in(["lost", "none"]))
    return unable.join(employed, on="member_id", how="semi")


@check(
    severity="warning",
    zh="整户无劳动能力兜底保障户未享受低保",
    en="whole household without labour, but without minimum living allowance",
    next_step="会同民政核实低保 / verify the allowance with civil affairs",
    reads=("households.has_no_labour", "households.has_minimum_income"),
    source="DOMAIN 5, whole household without labour must have the allowance [C1]",
)
def no_labour_without_allowance(known: Known) -> pl.DataFrame:
    return known.households.filter("has_no_labour", ~pl.col("has_minimum_income"))
