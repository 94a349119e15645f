"""Both ways agree on a small prefecture whose people move, and a value that differs is named."""

import pandas as pd
import pytest

from benchmarks.features import Seasons, bare_read, built, measured, plainly_built, refuse_difference
from benchmarks.plain_pandas import NAMES
from features.declaration import declared_features
from features.lineage import Lineage
from features.order import numbered
from register.store import Register

SEASONS = Seasons(number=2)


@pytest.fixture(scope="module")
def shard(register):
    """Open the first county."""
    opened = Register(register)
    return opened.shard(opened.counties[0])


@pytest.fixture(scope="module")
def both(shard):
    """Build a county in both ways."""
    tables = {name: frame.to_pandas() for name, frame in shard.tables.items()}
    lines = shard.lines.select("effective_from", "line_per_month").to_pandas()
    chosen = [one for one in declared_features() if one.name in NAMES]
    return built(shard, SEASONS, chosen), plainly_built(tables, lines, SEASONS)


def test_people_of_the_small_prefecture_move_and_families_split(shard):
    """Otherwise agreement would say nothing of lineage."""
    county, day = numbered(shard), SEASONS.days[-1]
    lineage = Lineage.at(county, [day])
    members = lineage.members.select("member_id", home="household_id")
    homes = county.view("health", day).join(members, on="member_id")
    assert (homes["home"] != homes["household_id"]).any()
    assert len(lineage.origins) > 0


def test_every_value_agrees(both):
    refuse_difference(*both)
    assert set(NAMES) <= set(both[0].columns) & set(both[1].columns)


def test_a_value_that_differs_is_named(both):
    ours, plain = both
    wrong = plain.assign(
        wage_income=plain["wage_income"]
        + pd.Series([0.5], index=[plain.index[0]]).reindex(plain.index, fill_value=0)
    )
    with pytest.raises(ValueError, match=r"^wage_income: 1 rows differ, ours \["):
        refuse_difference(ours, wrong)


def test_another_household_is_no_value_of_ours(both):
    ours, plain = both
    with pytest.raises(
        ValueError, match=f"^households: {len(ours)} rows of ours, {len(plain) - 1} of pandas"
    ):
        refuse_difference(ours, plain.iloc[1:])


def test_the_table_tells_of_both_ways_of_all_features_and_of_the_bare_read(register):
    (table,), notes = measured(register, Seasons(number=1))
    assert [row[""].split(",")[0] for row in table.rows] == [
        "huitou",
        "pandas",
        "huitou",
        "bare read of the tables at every date",
    ]
    assert table.rows[1]["pandas over it, CPU"] == 1.0
    assert table.rows[3]["over the bare read, CPU"] == 1.0
    assert "all values agree" in table.caption
    assert notes


def test_the_bare_read_reads_every_row_of_the_county(register):
    opened = Register(register)
    county = opened.counties[0]
    rows = sum(map(len, bare_read(register / county)))
    assert rows == sum(map(len, opened.shard(county).tables.values())) > 0
