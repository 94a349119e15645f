"""Elimination: not before time, not without help, not while the risk lasts."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known

_VERIFY = "核实后更正消除记录，未稳定的恢复监测 / correct the entry; monitor again what is not stable"


def _eliminated(known: Known) -> pl.DataFrame:
    return known.identified.filter(pl.col("eliminated_on").is_not_null())


def _eliminations(known: Known) -> pl.DataFrame:
    return known.spells.filter(pl.col("event") == "eliminated")


@check(
    severity="error",
    zh="识别未满{months_to_elimination:g}个月即消除风险",
    en="eliminated less than {months_to_elimination:g} months after identification",
    next_step=_VERIFY,
    reads=("monitoring.event",),
    limits=("months_to_elimination",),
    source="DOMAIN 1.5, identified >= 6 months [S34]",
)
def eliminated_early(known: Known) -> pl.DataFrame:
    months = int(known.limits["months_to_elimination"])
    due = pl.col("identified_on").dt.offset_by(f"{months}mo")
    return _eliminated(known).filter(pl.col("eliminated_on") < due)


@check(
    severity="error",
    zh="没有任何帮扶措施即消除风险",
    en="eliminated without any measure",
    next_step="补录措施；确无措施的恢复监测 / enter the measure; without one, monitor again",
    reads=("monitoring.event", "assistance.measure"),
    source="DOMAIN 1.5, >= 1 targeted measure before elimination [S34]",
)
def eliminated_without_measure(known: Known) -> pl.DataFrame:
    ended = _eliminated(known)
    helped = known.helped(ended).select("household_id", "identified_on")
    natural = _eliminations(known).filter(pl.col("elimination_mode") == "natural")
    by_help = ended.join(
        natural,
        left_on=["household_id", "eliminated_on"],
        right_on=["household_id", "occurred_on"],
        how="anti",
    )
    return by_help.join(helped, on=["household_id", "identified_on"], how="anti")


@check(
    severity="error",
    zh="消除时收入低于监测线",
    en="income below the line at elimination",
    next_step=_VERIFY,
    reads=("monitoring.event", "income.amount"),
    source="DOMAIN 1.5, income at elimination below the province's line [C1]",
)
def eliminated_below_line(known: Known) -> pl.DataFrame:
    resources = known.resources_before(_eliminations(known))
    return resources.filter(pl.coalesce("income_per_person", "per_person") < pl.col("line"))


@check(
    severity="error",
    zh="消除时住房、饮水、就学或医保仍有问题",
    en="eliminated while house, water, schooling or insurance was still a problem",
    next_step=_VERIFY,
    reads=("monitoring.event", "monitoring.has_unsafe_house"),
    source="DOMAIN 1.5, unsafe house or water, dropout, no insurance while eliminated [C1]",
)
def eliminated_unsafe(known: Known) -> pl.DataFrame:
    problems = ("has_unsafe_house", "has_dropout", "has_unsafe_water", "has_uninsured_member")
    return _eliminations(known).filter(pl.any_horizontal(*problems))


@check(
    severity="error",
    zh="消除时房屋仍鉴定为C级或D级",
    en="eliminated while the house was still graded C or D",
    next_step=_VERIFY,
    reads=("monitoring.event", "housing.grade"),
    source="DOMAIN 1.5, unsafe house while eliminated [C1][S35]",
)
def eliminated_in_dangerous_house(known: Known) -> pl.DataFrame:
    return _latest_before(known, "housing").filter(pl.col("grade").is_in(["C", "D"]))


@check(
    severity="error",
    zh="消除时饮水仍不安全",
    en="eliminated while the drinking water was still unsafe",
    next_step=_VERIFY,
    reads=("monitoring.event", "water.status"),
    source="DOMAIN 1.5, unsafe water while eliminated [C1][S35]",
)
def eliminated_with_unsafe_water(known: Known) -> pl.DataFrame:
    return _latest_before(known, "water").filter(pl.col("status") != "safe")


@check(
    severity="error",
    zh="整户无劳动能力户标为风险消除",
    en="whole household without labour marked as eliminated",
    next_step="取消消除标识，继续监测 / undo the elimination and keep monitoring",
    reads=("monitoring.event", "households.has_no_labour"),
    source="DOMAIN 1.5, keep monitoring [S34][S36][C1]",
)
def eliminated_without_labour(known: Known) -> pl.DataFrame:
    marked = known.households.filter("has_no_labour")
    return _eliminations(known).join(marked, on="household_id", how="semi")


@check(
    severity="warning",
    zh="消除记录缺少消除方式",
    en="eliminated without saying how",
    next_step="补录帮扶消除或自然消除 / enter whether by help or naturally",
    reads=("monitoring.event", "monitoring.elimination_mode"),
    source="DOMAIN 1.5, all fields after elimination must be filled [C1]",
)
def eliminated_without_mode(known: Known) -> pl.DataFrame:
    return _eliminations(known).filter(pl.col("elimination_mode").is_null())


@check(
    severity="warning",
    zh="有消除记录但没有识别记录",
    en="eliminated without ever having been identified",
    next_step="补录识别记录 / enter the identification",
    reads=("monitoring.event",),
    source="DOMAIN 1.5 and 3.5, risk status [C1]",
)
def eliminated_without_identification(known: Known) -> pl.DataFrame:
    return _eliminations(known).filter(pl.col("event_before").is_null())


def _latest_before(known: Known, name: str) -> pl.DataFrame:
    """Give the latest record of a table at each elimination."""
    records = known.view(name).drop("recorded_on", "replaced_on", "months_ago").sort("occurred_on")
    ended = _eliminations(known).select("household_id", "occurred_on").sort("occurred_on")
    return ended.join_asof(records, on="occurred_on", by="household_id", check_sortedness=False)
