"""Disability: certificate, grade and ability to work must agree."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known


@check(
    severity="warning",
    zh="健康状况为残疾，但未持残疾人证",
    en="disabled, but without a disability certificate",
    next_step="协助办证或更正健康状况 / help to get a certificate or correct the health record",
    reads=("health.kind", "members.has_disability_certificate"),
    source="DOMAIN 3.6, disabled without certificate [C1]",
)
def disabled_without_certificate(known: Known) -> pl.DataFrame:
    return known.people.filter("is_disabled", ~pl.col("has_disability_certificate"))


@check(
    severity="warning",
    zh="持残疾人证，但没有残疾记录和等级",
    en="holds a disability certificate, but no disability and grade on record",
    next_step="补录残疾类别和等级 / enter kind and grade",
    reads=("health.kind", "members.has_disability_certificate"),
    source="DOMAIN 3.1 and 3.6 [C4][C1]",
)
def certificate_without_disability(known: Known) -> pl.DataFrame:
    return known.people.filter("has_disability_certificate", ~pl.col("is_disabled"))


@check(
    severity="error",
    zh="重度肢体残疾，但劳动技能为普通或技能劳动力",
    en="severe limb disability, but marked as ordinary or skilled labour",
    next_step="核实劳动能力 / verify the ability to work",
    reads=("health.disability_kind", "health.grade", "members.labour"),
    limits=("severe_grade",),
    source="DOMAIN 3.6, severe limb disability marked ordinary labour [C1]",
)
def severe_limb_able(known: Known) -> pl.DataFrame:
    latest = known.view("health").filter(pl.col("kind") == "disability").sort("member_id", "occurred_on")
    severe = latest.unique("member_id", keep="last").filter(
        pl.col("disability_kind") == "limb", pl.col("grade") <= known.limits["severe_grade"]
    )
    return known.people.filter("is_able").join(severe, on="member_id", how="semi")


@check(
    severity="error",
    zh="因残识别，但家中没有残疾成员",
    en="identified for disability, but no member is disabled",
    next_step="补录残疾成员或更正风险类型 / enter the disabled member or correct the risk",
    reads=("monitoring.main_cause", "health.kind"),
    source="DOMAIN 2.1, needs a disabled member [C1]",
)
def disability_without_disabled(known: Known) -> pl.DataFrame:
    named = known.identified.filter(pl.col("causes").list.contains("disability"))
    disabled = known.view("health").filter(pl.col("kind").is_in(["disability", "incapacity"]))
    return named.join(disabled, on="household_id", how="anti")
