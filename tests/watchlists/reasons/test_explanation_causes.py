"""What an explanation says of causes, before it is put in sentences."""

import pytest

from tests.watchlists.explaining import kept, scored
from tests.watchlists.lists import UNKNOWN_FRESH, forecast, reference_names
from watchlists.reasons.explanation_causes import naming, parts, standing
from watchlists.reasons.row_shape import in_todays_shape

CAUSES = reference_names().causes


def row(**changes):
    return in_todays_shape({**kept(), **scored(**changes)})


def test_the_largest_part_comes_first_and_is_what_stands_and_what_is_fresh():
    income, illness, *_ = parts(row(), CAUSES)
    assert (income["code"], income["standing"], income["fresh"]) == ("income", 1.4, 0.0)
    assert (illness["code"], illness["standing"], illness["fresh"]) == ("illness", 0.0, 0.8)
    (bill,) = illness["evidence"]
    assert bill["is_fresh"]
    assert bill["a_year_ago_shown"] == {"zh": "0%", "en": "0%"}


def test_nothing_stands_apart_where_there_is_no_risk_or_no_split():
    assert standing(row(risk=None), "income") is None
    assert standing({**row(), "is_older": True}, "income") is None
    assert standing(row(**UNKNOWN_FRESH), "illness") == 0.8


def test_what_is_named_is_labelled_in_both_languages():
    named = naming(row(main_cause_confidence="likely"), CAUSES)
    assert named["named_causes"] == [{"code": "illness", "zh": "因病", "en": "illness"}]
    assert [one["code"] for one in named["vulnerability"]] == ["income", "employment"]
    assert (named["confidence"], named["has_year_behind"], named["forecast"]) == ("likely", True, [])


def test_the_forecast_splits_the_risk():
    named = naming(row(risk=0.4, **forecast(water=0.75, illness=0.25)), CAUSES)["forecast"]
    assert [(one["code"], one["risk"]) for one in named[:2]] == [
        ("water", pytest.approx(0.3)),
        ("illness", pytest.approx(0.1)),
    ]
    assert naming(row(risk=None, **forecast(water=1.0)), CAUSES)["forecast"] == []


def test_whether_a_year_lies_behind_is_not_known_of_an_order():
    assert naming(row(**UNKNOWN_FRESH), CAUSES)["has_year_behind"] is False
    assert naming(row(risk=None, **UNKNOWN_FRESH), CAUSES)["has_year_behind"] is None
