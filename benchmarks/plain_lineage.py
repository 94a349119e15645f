"""Whom a record follows, in plain pandas: the person who moved, the family that split (ADR 8)."""

import pandas as pd

from register.tables import TABLES

#: A person's records come along to where the person lives now, a family's to the households that came of it.
OF_PERSONS, OF_FAMILIES = ("employment", "health", "schooling"), ("shocks", "relocation", "monitoring")
PAIR = ["household_id", "origin_household_id"]


def brought_along(
    name: str, view: pd.DataFrame, members: pd.DataFrame, origins: pd.DataFrame
) -> pd.DataFrame:
    """Add to a table's records copies of those that others left to a household, under its own id."""
    if name in OF_PERSONS:
        home = view["member_id"].map(members.set_index("member_id")["household_id"])
        left = view[home.notna() & (home != view["household_id"])]
        copies = left.assign(household_id=home[left.index])
    elif name in OF_FAMILIES:
        heirs = origins.set_axis(["heir", "household_id", "since"], axis=1)
        left = view.merge(heirs, on="household_id")
        left = left[left[TABLES[name].event] < left["since"]]
        copies = left.assign(household_id=left["heir"])[view.columns]
    else:
        return view
    return pd.concat([view, copies], ignore_index=True) if len(copies) else view


def origins_of(households: pd.DataFrame) -> pd.DataFrame:
    """List who came of whom and since when, through any number of splits; of two paths the later counts."""
    came = households[households["origin"].isin(["split", "merged"]) & households[PAIR[1]].notna()]
    direct = came.groupby(PAIR, as_index=False).agg(since=("valid_from", "min"))
    paths, longer = direct, direct
    while len(longer):
        longer = _one_step_further(longer, direct)
        is_new = ~pd.MultiIndex.from_frame(longer[PAIR]).isin(pd.MultiIndex.from_frame(paths[PAIR]))
        longer = longer[is_new]
        paths = pd.concat([paths, longer]).groupby(PAIR, as_index=False).agg(since=("since", "max"))
    return paths


def _one_step_further(paths: pd.DataFrame, direct: pd.DataFrame) -> pd.DataFrame:
    older = direct.set_axis([PAIR[1], "older", "before"], axis=1)
    both = paths.merge(older, on=PAIR[1])
    since = both[["since", "before"]].min(axis=1)
    further = both.assign(origin_household_id=both["older"], since=since)[[*PAIR, "since"]]
    return further[further["household_id"] != further[PAIR[1]]]
