"""Windowed features in plain pandas, as an analyst would write them: masks and one groupby a table."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from benchmarks.plain_lineage import brought_along, origins_of
from features.declaration import EVENTS
from register.tables import TABLES
from register.tables.income import BUSINESS, EARNED, OTHER, WAGE
from register.tables.shocks import ACCIDENTS, COPING, DISASTERS, LOSSES

Frame = pd.DataFrame
Mask = Callable[[Frame], pd.Series]


def source(*codes: str) -> Mask:
    return lambda frame: frame["source"].isin(codes)


def kind(*codes: str) -> Mask:
    return lambda frame: frame["kind"].isin(codes)


def within(months: int, mask: Mask, least: int = 0) -> Mask:
    return lambda frame: (frame["months_ago"] >= least) & (frame["months_ago"] < months) & mask(frame)


DEBT = ("borrowed_family", "borrowed_bank", "bought_on_credit")
TREATED = ("inpatient", "outpatient")
#: Feature: the money column to add up in a year's needs, and where.
SUMS: dict[str, dict[str, tuple[str, Mask]]] = {
    "income": {
        "wage_income": ("amount", within(12, source("wage", "public_post"))),
        "second_wage_income": ("amount", within(12, source("wage_second"))),
        "bonus_income": ("amount", within(12, source("bonus"))),
        "business_income": ("amount", within(12, source(*BUSINESS))),
        "pension_income": ("amount", within(12, source("pension"))),
        "aid_income": ("amount", within(12, source("social_aid", "subsidy", "scholarship"))),
        "remittance_income": ("amount", within(12, source("remittance"))),
        "property_income": ("amount", within(12, source(*OTHER))),
        "all_income": ("amount", within(12, source(*EARNED))),
        "claims": ("amount", within(12, source("claim"))),
    },
    "health": {
        "own_payment_over_needs_12m": ("own_payment", within(12, kind(*TREATED))),
        "own_payment_over_needs_3m": ("own_payment", within(3, kind(*TREATED))),
    },
    "shocks": {
        "disaster_loss_over_needs_12m": ("loss", within(12, kind(*DISASTERS))),
        "accident_loss_over_needs_12m": ("loss", within(12, kind(*ACCIDENTS))),
        "business_loss_over_needs_12m": ("loss", within(12, kind(*LOSSES))),
    },
    "assistance": {"help_over_needs_12m": ("amount", lambda frame: frame["months_ago"] < 12)},
}
COUNTS: dict[str, dict[str, Mask]] = {
    "health": {"n_new_major_illness_12m": within(12, kind("major_illness"))},
    "shocks": {
        "n_disasters_12m": within(12, kind(*DISASTERS)),
        "n_accidents_12m": within(12, kind(*ACCIDENTS)),
        "n_business_losses_12m": within(12, kind(*LOSSES)),
        "n_price_falls_12m": within(12, kind("price_fall")),
        "n_coping_12m": within(12, kind(*COPING)),
    },
    "relocation": {
        "n_joined_12m": within(12, kind("member_joined")),
        "n_left_12m": within(12, kind("member_left")),
    },
    "water": {"n_unsafe_water_24m": lambda frame: (frame["status"] != "safe") & (frame["months_ago"] < 24)},
    "monitoring": {"n_identifications": lambda frame: frame["event"] == "identified"},
}
ANY: dict[str, dict[str, Mask]] = {
    "shocks": {
        "has_spent_savings_12m": within(12, kind("spent_savings")),
        "has_borrowed_12m": within(12, kind(*DEBT)),
    },
    "relocation": {
        "is_relocated": kind("site_move", "scattered_move", "second_move"),
        "has_second_move": kind("second_move"),
        "is_from_elsewhere": kind("from_elsewhere", "from_abroad", "recent_arrival"),
    },
}
SINCE: dict[str, dict[str, Mask]] = {
    "health": {
        "months_since_inpatient": kind("inpatient"),
        "months_since_disability": kind("disability", "incapacity"),
    },
    "shocks": {
        "months_since_disaster": kind(*DISASTERS),
        "months_since_accident": kind(*ACCIDENTS),
    },
    "relocation": {"months_since_move": kind("site_move", "scattered_move", "second_move")},
    "monitoring": {"months_since_elimination": lambda frame: frame["event"] == "eliminated"},
}
#: Of these no more months are counted, and never is as long ago.
LONG_AGO = (
    "months_since_inpatient",
    "months_since_disability",
    "months_since_disaster",
    "months_since_accident",
)
MOST = 60
DISTINCT: dict[str, dict[str, tuple[str, Mask]]] = {
    "income": {
        "n_sources": ("source", lambda frame: within(12, source(*EARNED))(frame) & (frame["amount"] > 0)),
        "n_earners": ("member_id", lambda frame: within(12, source(*WAGE))(frame) & (frame["amount"] > 0)),
        "n_months_with_wage": (
            "months_ago",
            lambda frame: within(12, source(*WAGE))(frame) & (frame["amount"] > 0),
        ),
    }
}
#: Feature: share of one window's money in another's.
SHARES: dict[str, tuple[Mask, Mask]] = {
    "unstable_share": (
        within(12, source("bonus", "remittance", "other", "scholarship")),
        within(12, source(*EARNED)),
    ),
    "policy_income_share": (
        within(12, source("public_post", "social_aid", "subsidy", "scholarship")),
        within(12, source(*EARNED)),
    ),
    "business_share": (within(12, source(*BUSINESS)), within(12, source(*EARNED))),
    "recent_income_share": (within(3, source(*EARNED)), within(12, source(*EARNED))),
}
CHANGES: dict[str, Mask] = {"income_change_1y": source(*EARNED), "business_change_1y": source(*BUSINESS)}
NAMES = [
    *(name for tables in (SUMS, COUNTS, ANY, SINCE, DISTINCT) for one in tables.values() for name in one),
    *SHARES,
    *CHANGES,
]


def features_at(tables: dict[str, Frame], lines: Frame, day: date) -> Frame:
    """Build the features of every household at one date; missing where a table tells nothing."""
    members = _in_force(_view(tables, "members", day), ["member_id"], day)
    needs = members.groupby("household_id")["equivalents"].sum() * 12
    spine = _in_force(_view(tables, "households", day), ["household_id"], day)
    homes = spine["household_id"]
    origins = origins_of(_known(tables, "households", day))
    views = {name: _view(tables, name, day) for name in TABLES if _is_used(name)}
    parts = [
        _of(name, brought_along(name, view, members, origins), lines, needs, homes)
        for name, view in views.items()
    ]
    built = pd.concat(parts, axis=1).reindex(columns=NAMES)
    return built.assign(has_members=built.index.isin(needs.index))


def _of(name: str, view: Frame, lines: Frame, needs: pd.Series, homes: pd.Series) -> Frame:
    """Line a table's features up with the households; who has no record of an event had none."""
    made = _table(name, view, lines, needs)
    long_ago = [one for one in LONG_AGO if one in made]
    made[long_ago] = made[long_ago].fillna(MOST).clip(upper=MOST)
    made = made.reindex(homes)
    silent = {one: MOST if one in LONG_AGO else 0 for one in made.columns}
    return made.fillna(silent) if name in EVENTS else made


def _is_used(name: str) -> bool:
    return any(name in one for one in (SUMS, COUNTS, ANY, SINCE, DISTINCT))


def _known(tables: dict[str, Frame], name: str, day: date) -> Frame:
    frame, then = tables[name], pd.Timestamp(day)
    known = frame[(frame["recorded_on"] <= then) & (frame[TABLES[name].event] <= then)]
    return known[known["replaced_on"].isna() | (known["replaced_on"] > then)]


def _view(tables: dict[str, Frame], name: str, day: date) -> Frame:
    known, event = _known(tables, name, day), TABLES[name].event
    ago = day.year * 12 + day.month - known[event].dt.year * 12 - known[event].dt.month
    known = known.assign(months_ago=ago)
    return known[known["months_ago"] < 24] if name == "income" else known


def _in_force(frame: Frame, entity: list[str], day: date) -> Frame:
    last = frame.sort_values("valid_from").drop_duplicates(entity, keep="last")
    return last[last["valid_to"].isna() | (last["valid_to"] > pd.Timestamp(day))]


def _table(name: str, view: Frame, lines: Frame, needs: pd.Series) -> Frame:
    if name in SUMS:
        view = pd.merge_asof(view.sort_values(TABLES[name].event), lines, left_on=TABLES[name].event,
                             right_on="effective_from")  # fmt: skip
        view = view.assign(year=view["line_per_month"] * view["household_id"].map(needs))
    made = {one: (view[column] / view["year"]).where(mask(view), 0)
            for one, (column, mask) in SUMS.get(name, {}).items()}  # fmt: skip
    made |= {one: mask(view).astype(float) for one, mask in COUNTS.get(name, {}).items()}
    if name == "income":
        money = view["amount"] / view["year"]
        for one, (part, whole) in SHARES.items():
            made |= {one: money.where(part(view), 0), f"{one}:whole": money.where(whole(view), 0)}
        for one, mask in CHANGES.items():
            sign = np.where(within(12, mask)(view), 1.0, -1.0)
            made |= {one: (money * sign).where(mask(view), 0)}
    by = view["household_id"]
    parts: list[pd.DataFrame | pd.Series] = [pd.DataFrame(made, index=view.index).groupby(by).sum()]
    flags = {one: mask(view) for one, mask in ANY.get(name, {}).items()}
    parts += [pd.DataFrame(flags, index=view.index).groupby(by).any().astype(float)] if flags else []
    ago = {one: view["months_ago"].where(mask(view)) for one, mask in SINCE.get(name, {}).items()}
    parts += [pd.DataFrame(ago, index=view.index).groupby(by).min()] if ago else []
    for one, (column, mask) in DISTINCT.get(name, {}).items():
        parts += [view[column].where(mask(view)).groupby(by).nunique().rename(one)]
    columns = pd.concat(parts, axis=1)
    for one in SHARES if name == "income" else ():
        columns[one] = columns[one] / columns[f"{one}:whole"].where(columns[f"{one}:whole"] != 0)
    return columns
