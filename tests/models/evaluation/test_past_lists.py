"""What lists promised, held against what happened."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.past_lists import IN_HINDSIGHT, in_hindsight
from models.names import POOLED
from models.resampling import Bootstrap

FEW = Bootstrap(20, 1)


def household(risk, label, *, listed=True, season="2024Q1", cluster="V1", gone=False, censored=None):
    told = {"season": season, "cluster": cluster, "risk": risk, "is_listed": listed, "is_gone": gone}
    return {**told, "label": label, "censored": censored}


def told(rows, bootstrap=FEW):
    schema = {"label": pl.Boolean(), "censored": pl.String()}
    found = in_hindsight(pl.DataFrame(rows, schema_overrides=schema), bootstrap)
    return {row["season"]: row for row in found.to_dicts()}


def test_a_closed_list_is_judged_beside_its_estimate():
    """Four were listed: two fell, one did not, one has left; of those not listed one of two fell."""
    rows = [
        household(0.6, True),
        household(0.4, True, cluster="V2"),
        household(0.3, False),
        household(0.1, None, censored="left_register", gone=True),
        household(0.05, True, listed=False, cluster="V2"),
        household(0.02, False, listed=False),
    ]
    found = told(rows)["2024Q1"]
    assert found["is_closed"]
    counts = [found[name] for name in ("households", "listed", "gone", "known", "found", "fell")]
    assert counts == [6, 4, 1, 3, 2, 3]
    assert (found["expected"], found["estimated"]) == (1.4, 0.35)
    assert found["precision"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["recall"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["exclusion_error"] == pytest.approx(1 / 3, abs=1e-6)
    assert found["error"] == pytest.approx(1.3 / 3 - 2 / 3, abs=1e-6)  # of those known


def test_a_list_whose_window_is_open_is_estimated_and_not_judged():
    """Two are known to have fallen already, as a panel survey tells them; the third is still out."""
    rows = [household(0.5, True), household(0.5, True), household(0.2, None, censored="window_open")]
    found = told(rows)
    assert list(found) == ["2024Q1"]
    assert found["2024Q1"]["estimated"] == 0.4
    judged = [found["2024Q1"][name] for name in ("known", "found", "fell", *IN_HINDSIGHT)]
    assert judged == [None] * len(judged)


def test_a_list_that_wholly_left_the_register_has_counts_and_no_shares():
    found = told([household(0.5, None, censored="left_register", gone=True)])["2024Q1"]
    assert (found["is_closed"], found["gone"], found["known"], found["precision"]) == (True, 1, 0, None)


HOUSEHOLDS = st.lists(
    st.builds(
        household,
        st.floats(0, 1),
        st.sampled_from([True, False, None]),
        listed=st.booleans(),
        season=st.sampled_from(["2024Q1", "2024Q2"]),
        cluster=st.sampled_from(["V1", "V2", "V3"]),
    ),
    min_size=1,
    max_size=25,
)


@given(rows=HOUSEHOLDS, turned=st.randoms())
def test_whatever_the_order_the_counts_nest_and_the_pooled_line_adds_up(rows, turned):
    found = told(rows)
    assert found == told(turned.sample(rows, len(rows)))
    pooled = found.pop(POOLED)
    for name in ("households", "listed", "known", "found", "fell"):
        assert pooled[name] == sum(one[name] for one in found.values())
    for one in found.values():
        assert one["found"] <= min(one["known"], one["fell"])
        assert one["known"] <= one["listed"]
        if one["recall"] is not None:
            assert one["recall"] + one["exclusion_error"] == pytest.approx(1, abs=2e-6)


@given(rows=HOUSEHOLDS)
def test_the_error_is_the_mean_risk_of_the_known_listed_less_their_precision(rows):
    for season, one in told(rows, Bootstrap(0, 1)).items():
        known = [
            row["risk"]
            for row in rows
            if row["is_listed"] and row["label"] is not None and season in (row["season"], POOLED)
        ]
        if known:
            assert one["error"] == pytest.approx(sum(known) / len(known) - one["precision"], abs=2e-6)
