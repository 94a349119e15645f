"""The pandas of the benchmark says what an analyst would say of one household."""

from datetime import date

import pandas as pd
import pytest

from benchmarks.plain_pandas import NAMES, features_at
from features.declaration import declared_features
from register.store import Register

DAY = date(2025, 12, 31)


def test_every_feature_it_builds_is_declared():
    assert {*NAMES} <= {one.name for one in declared_features()}
    assert len({*NAMES}) == len(NAMES)


def test_a_households_wages_are_its_own_over_its_years_needs(register):
    """Wages of twelve months over line times equivalents, as they were known; picked by hand."""
    opened = Register(register)
    shard = opened.shard(opened.counties[0])
    tables = {name: frame.to_pandas() for name, frame in shard.tables.items()}
    lines = shard.lines.select("effective_from", "line_per_month").to_pandas()
    features = features_at(tables, lines, DAY)
    view = shard.view("income", DAY).to_pandas()
    wages = view[view["source"].isin(["wage", "public_post"]) & (view["months_ago"] < 12)]
    wages = pd.merge_asof(
        wages.sort_values("occurred_on"), lines, left_on="occurred_on", right_on="effective_from"
    )
    members = shard.view("members", DAY).to_pandas()
    name = wages["household_id"].value_counts().index[0]
    own, heads = wages[wages["household_id"] == name], members[members["household_id"] == name]
    expected = (own["amount"] / own["line_per_month"]).sum() / heads["equivalents"].sum() / 12
    assert features.loc[name, "wage_income"] == pytest.approx(expected, rel=1e-9)
