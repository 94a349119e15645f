"""Illness: a cause needs a patient and a payment."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known


@check(
    severity="error",
    zh="因病识别，但识别前后无合规自付支出",
    en="identified for illness, but no own medical payment around it",
    next_step="补录合规自付支出或更正风险类型 / enter the own payment or correct the risk",
    reads=("monitoring.main_cause", "health.own_payment"),
    limits=("payment_months",),
    source="DOMAIN 2.1, illness must go with own payment > 0 [C1]",
)
def illness_without_payment(known: Known) -> pl.DataFrame:
    months = int(known.limits["payment_months"])
    since = pl.col("identified_on").dt.offset_by(f"-{months}mo")
    payments = known.view("health").filter(pl.col("own_payment") > 0)
    paid = (
        known.identified.join(payments.select("household_id", paid_on="occurred_on"), on="household_id")
        .filter(pl.col("paid_on") >= since)
        .select("household_id", "identified_on")
    )
    declared = pl.col("own_payment_year").fill_null(0) > 0
    ill = known.identified.filter(pl.col("causes").list.contains("illness"), ~declared)
    return ill.join(paid, on=["household_id", "identified_on"], how="anti")


@check(
    severity="warning",
    zh="因病识别，但家中没有患大病、慢病或住院的成员",
    en="identified for illness, but no member with a major or chronic illness or a stay in hospital",
    next_step="核实患病成员的健康状况 / verify the health of the ill member",
    reads=("monitoring.main_cause", "health.kind"),
    source="DOMAIN 2.1 [C1]",
)
def illness_without_patient(known: Known) -> pl.DataFrame:
    patients = known.view("health").filter(pl.col("kind").is_in(["inpatient", "chronic", "major_illness"]))
    ill = known.identified.filter(pl.col("causes").list.contains("illness"))
    return ill.join(patients, on="household_id", how="anti")


@check(
    severity="error",
    zh="报销加自付超过总费用",
    en="reimbursed and own payment exceed the total cost",
    next_step="核对医疗费用三项金额 / check the three amounts",
    reads=("health.total_cost", "health.reimbursed", "health.own_payment"),
    source="DOMAIN 1.3, own payment is what is left of the cost [C4]",
)
def payment_above_cost(known: Known) -> pl.DataFrame:
    parts = pl.col("reimbursed").fill_null(0) + pl.col("own_payment")
    return known.view("health").filter(parts > pl.col("total_cost") + 1)
