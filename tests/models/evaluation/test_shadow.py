"""What was written beforehand is held against what came, line by line, and small counts say nothing."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.shadow import (
    BROKEN,
    JUDGED,
    KEPT,
    LINES,
    NOTHING,
    OPEN,
    UNKNOWN,
    confirmed,
    held_against,
    measured,
)
from models.resampling import Bootstrap

FEW = Bootstrap(20, 1)
ENDS = st.none() | st.floats(-1, 1)


def rows(*groups):
    """Households by groups of alike ones: how many, and what each is."""
    usual = {
        "risk": 0.1,
        "is_listed": False,
        "is_alerted": False,
        "label": False,
        **dict.fromkeys(ATTRIBUTES),
    }
    every = [{**usual, **one, "cluster": f"V{place % 5}"} for n, one in groups for place in range(n)]
    return pl.DataFrame(
        every, schema_overrides={"label": pl.Boolean(), **dict.fromkeys(ATTRIBUTES, pl.String())}
    )


#: The list found 20 of 40, the alerts 10 of 40; 40 of 200 fell at a mean risk of 0.22.
PAST = rows(
    (20, {"is_listed": True, "label": True, "risk": 0.5, "disabled": "yes"}),
    (20, {"is_listed": True, "risk": 0.5, "disabled": "no"}),
    (10, {"is_alerted": True, "label": True, "risk": 0.2, "disabled": "yes"}),
    (30, {"is_alerted": True, "risk": 0.2, "disabled": "no"}),
    (10, {"label": True, "risk": 0.2, "disabled": "no"}),
    (110, {"risk": 0.127}),
)


@given(ENDS, ENDS, st.floats(-1, 1))
def test_a_line_is_kept_exactly_within_its_limits(least, most, value):
    judged = held_against({"slope": (least, most)}, {"slope": {**NOTHING, "value": value}}, is_open=False)
    inside = (least is None or least <= value) and (most is None or value <= most)
    assert judged["verdict"].to_list() == [KEPT if inside else BROKEN]


def test_what_nobody_knows_is_neither_kept_nor_broken():
    limits = dict.fromkeys(LINES, (0.0, None))
    assert held_against(limits, {}, is_open=False)["verdict"].to_list() == [UNKNOWN] * len(LINES)
    known = {"slope": {**NOTHING, "value": 3.0}}
    assert held_against(limits, known, is_open=True)["verdict"].to_list() == [OPEN] * len(LINES)
    assert dict(held_against(limits, known, is_open=True).schema) == JUDGED


def test_every_line_is_what_its_definition_says():
    figures = measured(PAST, 10, FEW)
    assert figures["calibration"]["value"] == pytest.approx(
        (20 + 20 + 6 + 2 + 13.97 - 20 - 0) / 40 - 1, abs=2
    )
    assert figures["calibration"]["value"] == pytest.approx(PAST["risk"].sum() / 40 - 1)
    assert figures["precision"]["value"] == pytest.approx(0.5)
    assert figures["alerts"]["value"] == pytest.approx(0.5 - 0.25)
    assert figures["groups"]["value"] == pytest.approx(10 / 18 - 0)
    assert figures["groups"]["detail"] == "disabled no"
    assert {name: one["n"] for name, one in figures.items()} == {
        "calibration": 40,
        "slope": 40,
        "precision": 40,
        "alerts": 40,
        "groups": 40,
    }
    assert all(
        one["low"] <= one["value"] <= one["high"]
        for name, one in figures.items()
        if name in ("precision", "alerts")
    )


def test_a_risk_that_orders_and_sizes_rightly_has_slope_one():
    halves = [(50, {"risk": 0.5, "label": label}) for label in (True, False)]
    rare = [(20, {"risk": 0.2, "label": True}), (80, {"risk": 0.2})]
    figures = measured(rows(*halves, *rare), 10, FEW)
    assert figures["slope"]["value"] == pytest.approx(1, abs=1e-4)
    assert figures["calibration"]["value"] == pytest.approx(0, abs=1e-9)


def test_the_order_of_the_rows_does_not_matter():
    assert measured(PAST.sample(fraction=1, shuffle=True, seed=2), 10, FEW) == measured(PAST, 10, FEW)


@pytest.mark.parametrize("hits", [7, 8])
def test_a_line_that_a_small_count_could_be_told_from_is_not_told(hits):
    past = rows(
        (hits, {"is_listed": True, "label": True}),
        (20, {"is_listed": True}),
        (20, {"is_alerted": True, "label": True}),
        (20, {"is_alerted": True}),
    )
    assert ("precision" in measured(past, 10, FEW)) == (hits > 7) == ("alerts" in measured(past, 10, FEW))


def test_who_is_not_known_is_not_judged():
    unknown = rows((30, {"is_listed": True, "label": None}))
    assert measured(unknown, 10, FEW) == {}
    assert measured(pl.concat([PAST, unknown]), 10, FEW)["precision"]["value"] == pytest.approx(0.5)


def test_groups_of_whom_few_fell_are_not_compared():
    assert "groups" not in measured(PAST, 31, FEW)


def visits(agreement, n):
    return {"agreement": agreement, "agreement_low": 0.4, "agreement_high": 0.8, "with_cause": n}


def test_causes_are_told_where_visits_found_enough():
    assert confirmed(visits(0.6, 100))["causes"] == {
        **NOTHING,
        "value": 0.6,
        "low": 0.4,
        "high": 0.8,
        "n": 100,
    }
    for too_few in (None, visits(None, 0), visits(0.5, 14), visits(0.95, 100)):
        assert confirmed(too_few) == {}
