"""Illness: what treatment costs the household, who is ill, who is insured."""

import polars as pl

from features.declaration import feature
from features.expressions import (
    count,
    largest,
    months_since,
    over_rural_income,
    people,
    present,
    ratio,
    share,
    total,
    within,
)

TREATED = pl.col("kind").is_in(["inpatient", "outpatient"])
INSURANCE = (pl.col("kind") == "insurance") & within(12)


@feature(
    over="health",
    zh="近12个月合规自付支出占全年需求",
    en="own medical payment in 12 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 1.3; medical alert, DOMAIN 4 [S41]",
    direction=1,
)
def own_payment_over_needs_12m() -> pl.Expr:
    return total("own_payment_of_year", TREATED & within(12))


@feature(
    over="health",
    zh="近12个月合规自付支出与上年农村人均可支配收入之比",
    en="own medical payment in 12 months over last year's rural income a head",
    unit="x rural income",
    source="DOMAIN 4: medical alert at 50 % and 100 % of it [S41]",
    direction=1,
)
def own_payment_over_rural_income_12m() -> pl.Expr:
    return over_rural_income(total("own_payment", TREATED & within(12)))


@feature(
    over="health",
    zh="近3个月合规自付支出占全年需求",
    en="own medical payment in 3 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 4: medical data are pushed monthly [S41]",
    direction=1,
)
def own_payment_over_needs_3m() -> pl.Expr:
    return total("own_payment_of_year", TREATED & within(3))


@feature(
    over="health",
    zh="慢性病人数",
    en="members with a chronic illness",
    unit="persons",
    source="DOMAIN 3.5: state of health",
    direction=1,
)
def n_chronic_members() -> pl.Expr:
    return people((pl.col("kind") == "chronic") & present())


@feature(
    over="health",
    zh="大病人数",
    en="members with a major illness",
    unit="persons",
    source="DOMAIN 4: newly diagnosed major illness [S53]",
    direction=1,
)
def n_major_illness_members() -> pl.Expr:
    return people((pl.col("kind") == "major_illness") & present())


@feature(
    over="health",
    zh="近12个月新确诊大病次数",
    en="major illnesses diagnosed in 12 months",
    unit="cases",
    source="DOMAIN 4: newly diagnosed major illness [S53]",
    direction=1,
)
def n_new_major_illness_12m() -> pl.Expr:
    return count((pl.col("kind") == "major_illness") & within(12))


@feature(
    over="health",
    zh="距最近一次住院的月数（五年前或从未为60）",
    en="months since the last stay in hospital (60 if five years ago or never)",
    unit="months",
    source="DOMAIN 4: inpatient own payment [S53]",
    direction=-1,
)
def months_since_inpatient() -> pl.Expr:
    return months_since(pl.col("kind") == "inpatient", most=60)


@feature(
    over="health",
    zh="未参加医保成员比例",
    en="share of members without health insurance",
    source="DOMAIN 3.1: members without basic insurance [C4]",
    bounds=(0, 1),
    direction=1,
)
def uninsured_share() -> pl.Expr:
    return share(pl.col("insurance") == "none", INSURANCE)


@feature(
    over="health",
    zh="职工或商业医保成员比例",
    en="share of members insured by an employer or privately",
    source="DOMAIN 3.1; EPH CH08",
    bounds=(0, 1),
    direction=-1,
)
def employer_insured_share() -> pl.Expr:
    return share(pl.col("insurance").is_in(["employee", "private", "several"]), INSURANCE)


@feature(
    over="household",
    zh="近12个月合规自付支出占收入比例",
    en="own medical payment in 12 months over income",
    unit="x income",
    source="DOMAIN 1.3: own payment against income [C4]; 4: medical alert [S41]",
    direction=1,
)
def own_payment_over_income_12m() -> pl.Expr:
    return ratio("own_payment_over_needs_12m", "all_income")


@feature(
    over="health",
    zh="近12个月单次住院最高自付与上年农村人均可支配收入之比",
    en="largest own payment of a single stay in 12 months over last year's rural income a head",
    unit="x rural income",
    source="DOMAIN 4: own payment of a single stay [S53][S54]",
    direction=1,
)
def largest_stay_over_rural_income_12m() -> pl.Expr:
    stay = largest("own_payment", (pl.col("kind") == "inpatient") & within(12))
    return over_rural_income(stay.fill_null(0))
