"""Who is at high risk and found no place."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from watchlists.visits.off_list import high_off_list, is_high_off_list

HOUSEHOLDS = st.lists(
    st.tuples(
        st.sampled_from([0.1, 0.3, 0.3, 0.6, None]),
        st.booleans(),
        st.sampled_from([None, "confirmed", "moved_away"]),
    ),
    max_size=10,
)


def cohort(drawn):
    return pl.DataFrame(
        [
            {"household_id": f"H{number}", "risk": risk, "is_listed": is_listed, "visit_result": found}
            for number, (risk, is_listed, found) in enumerate(drawn)
        ],
        schema={
            "household_id": pl.String(),
            "risk": pl.Float64(),
            "is_listed": pl.Boolean(),
            "visit_result": pl.String(),
        },
    )


@given(HOUSEHOLDS, st.sampled_from([0.05, 0.3, 1.0]))
def test_named_are_the_unlisted_from_the_stated_risk_on_who_have_not_left_by_a_visit(drawn, high_risk):
    named = high_off_list(cohort(drawn), high_risk)
    wanted = {
        f"H{number}"
        for number, (risk, is_listed, found) in enumerate(drawn)
        if not is_listed and risk is not None and risk >= high_risk and found != "moved_away"
    }
    assert set(named["household_id"]) == wanted
    assert named["risk"].is_sorted(descending=True)


def test_equal_risks_go_by_household_id():
    rows = [(0.3, False, None), (0.6, False, None), (0.3, False, None)]
    assert high_off_list(cohort(rows), 0.3)["household_id"].to_list() == ["H1", "H0", "H2"]


def test_where_an_order_lists_nobody_has_a_risk():
    assert not cohort([(None, False, None)]).select(is_high_off_list(0.3)).to_series().any()
