"""Monitoring: who is identified, as what, for which causes, and who is missed."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known

_FIX_EVENTS = "补录缺少的识别或消除 / enter the missing identification or elimination"
_FIX_CAUSE = "补录依据或更正风险类型 / enter the evidence or correct the risk"


@check(
    severity="warning",
    zh="脱贫户收入低于监测线但未纳入监测（漏测）",
    en="lifted-out household below the line, but not monitored (under-inclusion)",
    next_step="入户核实收入，符合条件的及时纳入 / verify the income at home, then identify",
    reads=("income.amount", "monitoring.event"),
    limits=("resources_months",),
    source="DOMAIN 3.6 and 7.1, income below the line but not monitored [C1]",
)
def below_line_unmonitored(known: Known) -> pl.DataFrame:
    below = known.readings.filter(pl.col("resources_over_line") < 1, pl.col("category") == "lifted_out")
    return below.join(known.monitored, on="household_id", how="anti")


@check(
    severity="error",
    zh="住房、饮水或义务教育出现问题，但未纳入监测（漏测）",
    en="unsafe house or water or a dropout on record, but not monitored (under-inclusion)",
    next_step="入户核实，解决问题或及时纳入 / verify at home; mend it or identify",
    reads=("monitoring.event",),
    source="DOMAIN 1.1 and 7.2, breach of the guarantees [S4][S83]",
)
def breach_unmonitored(known: Known) -> pl.DataFrame:
    unsafe = {"housing": pl.col("grade").is_in(["C", "D"]), "water": pl.col("status") != "safe"}
    latest = [
        known.view(name)
        .sort("household_id", "occurred_on")
        .unique("household_id", keep="last")
        .filter(unsafe[name])
        for name in unsafe
    ]
    dropouts = known.in_force("schooling").filter(pl.col("stage") == "dropped_out")
    breached = pl.concat([one.select("household_id") for one in (*latest, dropouts)]).unique()
    return breached.join(known.households, on="household_id", how="semi").join(
        known.monitored, on="household_id", how="anti"
    )


@check(
    severity="warning",
    zh="识别时人均收入超过{over_inclusion:g}元（错纳）",
    en="income above {over_inclusion:g} yuan a person at identification (over-inclusion)",
    next_step="核实识别时的收入和自付支出 / verify income and own payment at identification",
    reads=("monitoring.event", "income.amount"),
    limits=("over_inclusion",),
    source="DOMAIN 3.6 and 7.1, income > 20,000 at identification [C1]",
)
def high_income_identified(known: Known) -> pl.DataFrame:
    resources = known.resources_before(known.identified)
    recorded = pl.coalesce("income_per_person", "per_person")
    return resources.filter(recorded > known.limits["over_inclusion"])


@check(
    severity="warning",
    zh="识别前12个月工资性收入在0至{tiny_wage:g}元之间",
    en="wages of the year before identification between 0 and {tiny_wage:g} yuan",
    next_step="核实工资性收入和单位 / verify the wages and their unit",
    reads=("monitoring.event", "income.amount"),
    limits=("tiny_wage",),
    source="DOMAIN 3.6, wage at identification 0-100 [C1]",
)
def tiny_wage_identified(known: Known) -> pl.DataFrame:
    days = known.identified.select("household_id", "occurred_on")
    wages = known.sums_before(days, "income", pl.when(pl.col("source") == "wage").then("amount"))
    return wages.filter(pl.col("income") > 0, pl.col("income") <= known.limits["tiny_wage"])


@check(
    severity="error",
    zh="已识别满{days_to_measure:g}天，没有任何帮扶措施",
    en="identified {days_to_measure:g} days ago or longer, without any measure",
    next_step="落实并录入帮扶措施 / begin a measure and enter it",
    reads=("monitoring.event", "assistance.measure"),
    limits=("days_to_measure",),
    source="DOMAIN 1.4, identified >= 1 month with no measure [C1]",
)
def identified_without_measure(known: Known) -> pl.DataFrame:
    days = int(known.limits["days_to_measure"])
    due = pl.col("identified_on").dt.offset_by(f"{days}d") <= known.as_of_date
    return known.monitored.filter(due).join(known.helped(known.monitored), on="household_id", how="anti")


@check(
    severity="error",
    zh="识别记录缺少监测对象类别或主要风险",
    en="identified without a group or without a main risk",
    next_step="补录类别和风险 / enter the group and the risk",
    reads=("monitoring.group", "monitoring.main_cause"),
    source="DOMAIN 2.1 and 3.1, both are required in the form [C4]",
)
def identified_without_cause(known: Known) -> pl.DataFrame:
    return known.identified.filter(pl.col("group").is_null() | pl.col("main_cause").is_null())


@check(
    severity="warning",
    zh="未消除又再次识别",
    en="identified again without an elimination in between",
    next_step=_FIX_EVENTS,
    reads=("monitoring.event",),
    source="DOMAIN 1.5 and 3.5, risk status [C1]",
)
def identified_twice(known: Known) -> pl.DataFrame:
    return known.identified.filter(pl.col("event_before") == "identified")


@check(
    severity="error",
    zh="监测对象类别与户类型不符（脱贫不稳定户须为脱贫户，边缘易致贫户须为一般农户）",
    en="group does not fit the household: unstable means lifted out, marginal means ordinary",
    next_step="更正类别或户类型 / correct the group or the household's category",
    reads=("monitoring.group", "households.category"),
    source="DOMAIN 1.1 [S1]",
)
def group_against_category(known: Known) -> pl.DataFrame:
    own = known.households.select("household_id", "category")
    wrong = (pl.col("group") == "unstable") & (pl.col("category") == "ordinary")
    wrong |= (pl.col("group") == "marginal") & (pl.col("category") == "lifted_out")
    return known.monitored.join(own, on="household_id").filter(wrong)


@check(
    severity="warning",
    zh="同一风险重复填写",
    en="one risk entered twice",
    next_step="删除重复的风险 / remove the repeated risk",
    reads=("monitoring.main_cause", "monitoring.cause_2"),
    source="DOMAIN 2.2, no repeats [C2]",
)
def cause_repeated(known: Known) -> pl.DataFrame:
    causes = pl.col("causes").list
    return known.identified.filter(causes.n_unique() < causes.len())


@check(
    severity="warning",
    zh="因自然灾害识别，但没有灾害子项",
    en="identified for natural disaster, without its kind",
    next_step="补录灾害子项 / enter the kind of disaster",
    reads=("monitoring.main_cause", "monitoring.disaster_kind"),
    source="DOMAIN 2.1, sub-item 100A271 [C4]",
)
def disaster_without_kind(known: Known) -> pl.DataFrame:
    named = pl.col("causes").list.contains("disaster")
    return known.identified.filter(named, pl.col("disaster_kind").is_null())


@check(
    severity="warning",
    zh="因安全住房识别，但没有住房不安全的记录",
    en="identified for unsafe housing, but no unsafe house on record",
    next_step=_FIX_CAUSE,
    reads=("monitoring.main_cause", "housing.grade"),
    source="DOMAIN 2.1 [C1]",
)
def housing_cause_without_breach(known: Known) -> pl.DataFrame:
    unsafe = known.view("housing").filter(pl.col("grade").is_in(["C", "D"]))
    named = known.identified.filter(pl.col("causes").list.contains("housing"))
    return named.join(unsafe, on="household_id", how="anti")


@check(
    severity="warning",
    zh="因安全饮水识别，但没有饮水不安全的记录",
    en="identified for unsafe water, but no unsafe water on record",
    next_step=_FIX_CAUSE,
    reads=("monitoring.main_cause", "water.status"),
    source="DOMAIN 2.1 [C1]",
)
def water_cause_without_breach(known: Known) -> pl.DataFrame:
    unsafe = known.view("water").filter(pl.col("status") != "safe")
    named = known.identified.filter(pl.col("causes").list.contains("water"))
    return named.join(unsafe, on="household_id", how="anti")
