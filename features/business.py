"""Business: what farming and trade bring and cost, what they rest on, what went wrong."""

import polars as pl

from features.declaration import feature
from features.expressions import between, change, count, current, latest, total, within
from register.tables.income import BUSINESS, COST
from register.tables.shocks import LOSSES

FROM_BUSINESS = pl.col("source").is_in(BUSINESS)
SPENT = pl.col("source").is_in(COST)
FAILED = pl.col("kind").is_in(LOSSES)


@feature(
    over="income",
    zh="生产经营性收入占需求",
    en="business income, share of needs",
    unit="x needs",
    source="DOMAIN 3.2 b [C4]",
    direction=-1,
)
def business_income() -> pl.Expr:
    return total("amount_needs", current() & FROM_BUSINESS)


@feature(
    over="income",
    zh="生产经营亏损",
    en="business costs above business income",
    source="DOMAIN 2.1: failed business",
    bounds=(0, 1),
    direction=1,
)
def has_business_loss() -> pl.Expr:
    return total("amount", current() & SPENT) > total("amount", current() & FROM_BUSINESS)


@feature(
    over="income",
    zh="生产经营性收入较上年变化（占需求）",
    en="business income of 12 months minus that of the 12 before, share of a year's needs",
    unit="x needs",
    source="DOMAIN 4: price fall, project failure",
    bounds=(None, None),
    direction=-1,
)
def business_change_1y() -> pl.Expr:
    before = total("amount_of_year", between(12, 24) & FROM_BUSINESS)
    return total("amount_of_year", within(12) & FROM_BUSINESS) - before


@feature(
    over="shocks",
    zh="近12个月产业失败事件数",
    en="crop, livestock, price and venture losses in 12 months",
    unit="events",
    source="DOMAIN 2.1: failed business [C5]",
    direction=1,
)
def n_business_losses_12m() -> pl.Expr:
    return count(FAILED & within(12))


@feature(
    over="shocks",
    zh="近12个月产业损失占全年需求",
    en="loss of business in 12 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 2.1: failed business [C5]",
    direction=1,
)
def business_loss_over_needs_12m() -> pl.Expr:
    return total("loss_of_year", FAILED & within(12))


@feature(over="land", zh="耕地面积", en="arable land", unit="mu", source="DOMAIN 3.2 [C4]", direction=-1)
def arable_land() -> pl.Expr:
    return latest("arable_mu")


@feature(over="land", zh="牲畜单位", en="livestock", unit="units", source="DOMAIN 3.2 b2 [C4]", direction=-1)
def livestock() -> pl.Expr:
    return latest("livestock_units")


@feature(
    over="land",
    zh="加入合作组织",
    en="belongs to a cooperative",
    source="DOMAIN 5: led by cooperatives 72.6 % [S57]",
    bounds=(0, 1),
)
def is_in_cooperative() -> pl.Expr:
    return latest("is_in_cooperative")


@feature(
    over="history",
    zh="牲畜单位较上次变化",
    en="change in livestock since the last observation",
    unit="units",
    source="DOMAIN 3.2 b2, 4: animal disease [C4]",
    bounds=(None, None),
    direction=-1,
)
def livestock_change() -> pl.Expr:
    return change("livestock")


@feature(
    over="shocks",
    zh="近12个月遭遇价格下跌次数",
    en="falls of prices in 12 months",
    unit="events",
    source="DOMAIN 4: price fall",
    direction=1,
)
def n_price_falls_12m() -> pl.Expr:
    return count((pl.col("kind") == "price_fall") & within(12))
