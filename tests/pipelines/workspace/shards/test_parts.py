"""Every row goes with its county, in the order it came in."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.workspace.shards.parts import name_of, parts


@given(st.lists(st.sampled_from(["c1", "c2", "c3", "c4"])))
def test_parts_are_what_a_filter_keeps_of_each_county(counties):
    rows = pl.DataFrame({"county_id": pl.Series(counties, dtype=pl.String)}).with_row_index("n")
    walked = ["c3", "c1", "c2"]
    made = parts(rows, walked)
    assert [one.county_id for one in made] == walked
    assert all(one.rows.equals(rows.filter(county_id=one.county_id)) for one in made)


def test_a_shard_is_named_by_its_county_alone():
    assert [name_of(one) for one in ("c1", 7, ("c1", "rows with people"))] == ["c1", "7", "c1"]
