"""Places, amounts and people as register tables: one state a wave, and days of the wave's quarter."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from register.sources.panel.tables import (
    further,
    household_states,
    income,
    lines,
    members,
    placed,
    villages,
)
from register.sources.panel.waves import waves_of

WAVES = waves_of("panel.yaml", {"1": ("2009", ()), "2": ("2010", ())})


def homes(**columns):
    return pl.DataFrame({"wave": ["1", "2"], "household_id": ["a", "a"], **columns})


def test_a_household_stays_where_it_was_first_asked():
    made = placed(homes(region=["North West", "South"], area=[None, "5"]), WAVES)
    assert made.select("county_id", "township_id", "village_id").unique().rows() == [
        ("North_West", "North_West", "North_West-5")
    ]
    assert villages(made, WAVES).select("village_id", "region_id", "valid_from").rows() == [
        ("North_West-5", "North_West", "2009-10-01")
    ]


def test_without_places_all_live_in_one():
    assert placed(homes(), WAVES)["village_id"].unique().to_list() == ["panel"]


amounts = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda value: round(value, 2)))


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts))
def test_rows_of_income_less_its_costs_are_the_resources(wage, other):
    """A household that had nothing keeps one row of 0; one that nobody asked has none."""
    rows = homes(**{"amount.wage": wage, "amount.other": other}).cast(
        {"amount.wage": pl.Float64, "amount.other": pl.Float64}
    )
    rows = rows.with_columns(pl.sum_horizontal("amount.wage", "amount.other").alias("resources"))
    made = income(rows, WAVES)
    sign = pl.when(pl.col("source") == "business_cost").then(-1).otherwise(1)
    totals = (
        made.group_by("occurred_on").agg((pl.col("amount").cast(pl.Float64) * sign).sum()).sort("occurred_on")
    )
    known = rows.filter(pl.col("amount.wage").is_not_null() | pl.col("amount.other").is_not_null())
    assert [round(one, 2) for one in totals["amount"].to_list()] == [
        round(one, 2) for one in known["resources"].to_list()
    ]
    assert not made.select(pl.struct("source", "occurred_on").is_duplicated().any()).item()


def test_parts_never_exceed_the_amount_and_leave_the_rest_to_other():
    rows = homes(resources=[10.0, 10.0], **{"amount.other": [10.0, 10.0], "parts.wage": [4.0, 30.0]})
    made = income(rows, WAVES).select("occurred_on", "source", pl.col("amount").cast(pl.Float64))
    assert made.filter(pl.col("amount") > 0).sort("occurred_on", "source").rows() == [
        ("2009-12-31", "other", 6.0),
        ("2009-12-31", "wage", 4.0),
        ("2010-12-31", "wage", 10.0),
    ]


def test_members_share_the_equivalents_of_their_household():
    rows = pl.DataFrame(
        {
            "wave": ["1", "1"],
            "household_id": ["a", "a"],
            "member_id": ["a-1", "a-2"],
            "birth_date": pl.Series(["1970-01-01", "2005-01-01"]).str.to_date(),
            "equivalents": [1.6, 1.6],
        }
    )
    made = members(rows, WAVES)
    assert made.select("member_id", "labour", "equivalents", "valid_from", "valid_to").rows() == [
        ("a-1", "ordinary", "0.8", "2009-10-01", "2010-01-01"),
        ("a-2", "none", "0.8", "2009-10-01", "2010-01-01"),
    ]


def test_a_row_without_what_its_table_requires_tells_nothing():
    rows = homes(member_id=pl.Series([None, None], dtype=pl.String), kind=["drought", None])
    assert further("shocks", rows, WAVES).select("kind", "occurred_on").rows() == [("drought", "2009-12-31")]


def test_the_line_of_a_wave_holds_until_the_next():
    made = lines(["n", "s"], {"1": 5.0, "2": 6.0}, WAVES, "UGX", "invented")
    assert made.select("region_id", "line_per_month", "currency").rows() == [
        (region, line, "UGX") for region in ("n", "s") for line in (5.0, 6.0)
    ]
    assert made["effective_to"][0] == made["effective_from"][1]
    assert made["effective_to"][1] is None


def test_a_household_stands_for_as_many_as_its_weight_says_in_each_wave():
    """Refreshed in the second wave; a weight of zero says nothing."""
    made = household_states(placed(homes(weight=[1200.5, 0.0], split_from=[None, None]), WAVES), WAVES)
    assert made.select("valid_from", "survey_weight").rows() == [
        ("2009-10-01", "1200.5"),
        ("2010-10-01", None),
    ]


def test_without_weights_none_is_written():
    made = household_states(placed(homes(split_from=[None, None]), WAVES), WAVES)
    assert made["survey_weight"].to_list() == [None, None]
