"""Income: where the household stands, what it lives from, how it came here."""

from collections.abc import Callable
from functools import reduce
from operator import add

import polars as pl

from features.declaration import feature
from features.earned import FROM_EARNED, NOW, QUARTERS, YEAR
from features.expressions import between, change, current, divide, earlier, people, plus, ratio, total, within
from register.tables.income import BUSINESS, CLAIM, OTHER, UNSTABLE, WAGE

SOURCE = pl.col("source")
AMOUNT = "amount_needs"
#: Features that split all income.
SOURCES = (
    "wage_income",
    "second_wage_income",
    "bonus_income",
    "business_income",
    "pension_income",
    "aid_income",
    "remittance_income",
    "property_income",
)
BELOW = (pl.col("resources_over_line") < 1).cast(pl.Float64)


def _from(*sources: str) -> pl.Expr:
    return total(AMOUNT, current() & SOURCE.is_in(sources))


#: Earlier observations that history is told from. Of all since the register began, the lowest
#: falls, falls add up and their number is a clock: rows trained on would differ from those scored.
LOOKED_BACK = 4


def _lately(summary: Callable[..., pl.Expr]) -> pl.Expr:
    """Sum up the observations before this one, the latest ones only; missing where none is known."""
    return earlier(summary(LOOKED_BACK, min_samples=1).over("household_id"))


@feature(
    over="household",
    zh="收入与监测线之比",
    en="resources over the line",
    unit="x line",
    source="DOMAIN 1.3",
    bounds=(None, None),
    direction=-1,
)
def resources_over_line() -> pl.Expr:
    return pl.col("resources_over_line")


@feature(
    over="household",
    zh="扣除奖金后的收入与线之比",
    en="resources without the half-yearly bonus, over the line",
    unit="x line",
    source="EPH trap 1: the bonus hides poverty",
    bounds=(None, None),
    direction=-1,
)
def resources_without_bonus() -> pl.Expr:
    return pl.col("resources_over_line") - pl.col("bonus_income").fill_null(0)


@feature(
    over="income",
    zh="工资性收入占需求",
    en="wages of the main job, share of needs",
    unit="x needs",
    source="DOMAIN 3.2 a [C4]; EPH P21",
)
def wage_income() -> pl.Expr:
    return _from("wage", "public_post")


@feature(
    over="income",
    zh="第二职业收入占需求",
    en="income of other jobs, share of needs",
    unit="x needs",
    source="EPH TOT_P12",
)
def second_wage_income() -> pl.Expr:
    return _from("wage_second")


@feature(over="income", zh="奖金占需求", en="bonus, share of needs", unit="x needs", source="EPH PP08J1")
def bonus_income() -> pl.Expr:
    return _from("bonus")


@feature(
    over="income",
    zh="养老金占需求",
    en="pensions, share of needs",
    unit="x needs",
    source="DOMAIN 3.2 d4 [C4]; EPH V2_M",
)
def pension_income() -> pl.Expr:
    return _from("pension")


@feature(
    over="income",
    zh="补贴与社会救助占需求",
    en="subsidies and social aid, share of needs",
    unit="x needs",
    source="DOMAIN 3.2 d [C4]; EPH V5_M",
)
def aid_income() -> pl.Expr:
    return _from("social_aid", "subsidy", "scholarship")


@feature(
    over="income",
    zh="亲友汇款占需求",
    en="remittances, share of needs",
    unit="x needs",
    source="DOMAIN 3.2 d6: support by family [C4]; EPH V12_M",
)
def remittance_income() -> pl.Expr:
    return _from("remittance")


@feature(
    over="income",
    zh="财产性及其他收入占需求",
    en="property and other income, share of needs",
    unit="x needs",
    source="DOMAIN 3.2 c [C4]; EPH V8 to V18",
)
def property_income() -> pl.Expr:
    return _from(*OTHER)


@feature(
    over="income",
    zh="理赔收入占需求",
    en="insurance claims, share of needs",
    unit="x needs",
    source="DOMAIN 1.3: claims [C4]",
)
def claims() -> pl.Expr:
    return _from(*CLAIM)


@feature(
    over="income",
    zh="不稳定收入占比",
    en="share of income that cannot be counted on",
    source="DOMAIN 1.3: not counted as stable [C2]",
    bounds=(0, 1),
    parts=NOW | {"unstable_now": _from(*UNSTABLE)},
)
def unstable_share() -> pl.Expr:
    return ratio("unstable_now", "earned_now")


@feature(
    over="income",
    zh="生产经营性收入占总收入比例",
    en="business income, share of all income",
    source="DOMAIN 8.1: business share .22 [S22]",
    bounds=(0, 1),
    parts=NOW | {"business_now": _from(*BUSINESS)},
)
def business_share() -> pl.Expr:
    return ratio("business_now", "earned_now")


@feature(
    over="income",
    zh="收入来源数",
    en="sources of income",
    unit="sources",
    source="DOMAIN 1.6: high share of one unstable wage [S43]",
)
def n_sources() -> pl.Expr:
    return SOURCE.filter(current() & FROM_EARNED & (pl.col("amount") > 0)).n_unique()


@feature(
    over="income",
    zh="有劳动收入的人数",
    en="members who earn",
    unit="persons",
    source="EPH P21: earners",
)
def n_earners() -> pl.Expr:
    return people(current() & SOURCE.is_in(WAGE) & (pl.col("amount") > 0))


@feature(
    over="household",
    zh="最大来源占总收入比例",
    en="share of the largest source in all income",
    source="DOMAIN 1.6: high share of one unstable wage [S43]",
    bounds=(0, 1),
)
def largest_source_share() -> pl.Expr:
    return divide(pl.max_horizontal(*SOURCES), plus(*SOURCES))


@feature(
    over="household",
    zh="最高月工资占全部月工资比例",
    en="best wage's share of all present wages: dependence on one earner",
    source="DOMAIN 1.6: high share of one unstable wage [S43]",
    bounds=(0, 1),
)
def best_wage_share() -> pl.Expr:
    return ratio("best_wage_over_needs", "wages_over_needs")


@feature(
    over="income",
    zh="近12个月有工资的月数",
    en="months with a wage in the last 12",
    unit="months",
    source="DOMAIN 4: no work for 1 to 3 months",
    bounds=(0, 12),
)
def n_months_with_wage() -> pl.Expr:
    paid = within(12) & SOURCE.is_in(WAGE) & (pl.col("amount") > 0)
    return pl.col("months_ago").filter(paid).n_unique()


@feature(
    over="income",
    zh="近3个月收入占近12个月比例",
    en="share of the last 12 months' income that came in the last 3",
    source="DOMAIN 1.1: income fell sharply",
    bounds=(0, 1),
    parts=YEAR | QUARTERS,
)
def recent_income_share() -> pl.Expr:
    return ratio("earned_quarter_1", "earned_12m")


@feature(
    over="income",
    zh="近12个月收入最低季度占比",
    en="lowest quarter's share of the last 12 months' income",
    source="DOMAIN 1.5: income continuously stable [S33]",
    bounds=(0, 0.25 + 1e-9),
    parts=YEAR | QUARTERS,
)
def lowest_quarter_share() -> pl.Expr:
    return divide(pl.min_horizontal(*QUARTERS), pl.col("earned_12m"))


@feature(
    over="history",
    zh="上次观察的收入与线之比",
    en="resources over the line at the last observation",
    unit="x line",
    source="EVALUATION 2: lagged income is a baseline",
    bounds=(None, None),
)
def earlier_resources() -> pl.Expr:
    return earlier(pl.col("resources_over_line"))


@feature(
    over="history",
    zh="最近四次观察中最低收入与线之比",
    en="lowest resources over the line in the last four observations",
    unit="x line",
    source="EVALUATION 4: history",
    bounds=(None, None),
    direction=-1,
)
def lowest_earlier_resources() -> pl.Expr:
    return _lately(pl.col("resources_over_line").rolling_min)


@feature(
    over="history",
    zh="最近四次观察平均收入与线之比",
    en="mean resources over the line in the last four observations",
    unit="x line",
    source="EVALUATION 2: mean of past incomes is a baseline",
    bounds=(None, None),
    direction=-1,
)
def mean_earlier_resources() -> pl.Expr:
    return _lately(pl.col("resources_over_line").rolling_mean)


@feature(
    over="history",
    zh="最近四次观察中低于线的次数",
    en="observations below the line, of the last four",
    unit="falls",
    source="EVALUATION 2: past falls are a baseline",
    direction=1,
)
def n_past_falls() -> pl.Expr:
    return _lately(BELOW.rolling_sum)


@feature(
    over="history",
    zh="最近四次观察中距上次低于线的月数",
    en="months since an observation below the line, of the last four",
    unit="months",
    source="EVALUATION 2: past falls are a baseline",
    direction=-1,
)
def months_since_below_line() -> pl.Expr:
    month = pl.col("as_of_date").dt.year() * 12 + pl.col("as_of_date").dt.month()
    return month - _lately(pl.when(pl.col("resources_over_line") < 1).then(month).rolling_max)


@feature(
    over="history",
    zh="距上次观察的月数",
    en="months since the last observation",
    unit="months",
    source="EPH: rotating panel",
)
def months_since_observation() -> pl.Expr:
    month = pl.col("as_of_date").dt.year() * 12 + pl.col("as_of_date").dt.month()
    return month - earlier(month)


@feature(
    over="history",
    zh="工资性收入较上次变化",
    en="change of wages since the last observation, share of needs",
    unit="x needs",
    source="DOMAIN 1.1: income fell sharply",
    bounds=(None, None),
)
def wage_change() -> pl.Expr:
    return change("wage_income")


@feature(
    over="income",
    zh="全部收入占需求",
    en="all income, share of needs",
    unit="x needs",
    source="DOMAIN 1.3",
    parts=NOW,
)
def all_income() -> pl.Expr:
    return pl.col("earned_now")


@feature(
    over="income",
    zh="近12个月收入在季度间不均的比例",
    en="share of the last 12 months' income to be moved to make its quarters equal",
    source="DOMAIN 1.5: income continuously stable [S33]; 1.6: unstable wage [S43]",
    bounds=(0, 0.75 + 1e-9),
    parts=YEAR | QUARTERS,
)
def income_volatility() -> pl.Expr:
    year = pl.col("earned_12m")
    away = [(pl.col(quarter) - year / 4).abs() for quarter in QUARTERS]
    return divide(reduce(add, away), year * 2)


@feature(
    over="income",
    zh="收入最高季度占近12个月收入比例",
    en="highest quarter's share of the last 12 months' income",
    source="DOMAIN 1.6, 3.2 b: seasonal harvests and work [C4]",
    bounds=(0.25 - 1e-9, 1 + 1e-9),
    parts=YEAR | QUARTERS,
)
def highest_quarter_share() -> pl.Expr:
    return divide(pl.max_horizontal(*QUARTERS), pl.col("earned_12m"))


@feature(
    over="income",
    zh="全部收入较上年变化（占需求）",
    en="income of 12 months minus that of the 12 before, share of a year's needs",
    unit="x needs",
    source="DOMAIN 1.1: income fell sharply [S1]",
    bounds=(None, None),
    parts=YEAR | {"earned_year_before": total("amount_of_year", between(12, 24) & FROM_EARNED)},
)
def income_change_1y() -> pl.Expr:
    return pl.col("earned_12m") - pl.col("earned_year_before")
