from datetime import date

import polars as pl
import pytest

from models.labels.label_rules import LabelRules
from models.labels.labels import LABELS, count_censored, labels
from register.errors import ParamsError
from tests.households import household, village_of

DAY = date(2023, 12, 31)
WINDOW = LabelRules(months=12, reading="window", resources_months=3, settle_months=3)
NEXT = LabelRules(months=12, reading="next_observation", resources_months=1, settle_months=0)


def became(*households, rules=WINDOW, known_on=date(2025, 3, 31), day=DAY):
    shard = village_of(*households)
    names = sorted({row["household_id"] for one in households for row in one["households"]})
    rows = pl.DataFrame({"household_id": names, "as_of_date": [day] * len(names)})
    found = labels(shard, rows, rules, known_on)
    assert tuple(found.columns) == LABELS
    assert found["household_id"].to_list() == names
    return [(row["label"], row["label_known_on"], row["censored"]) for row in found.to_dicts()]


def test_a_household_that_held_all_year_did_not_fall():
    assert became(household("H1", income=200)) == [(False, date(2025, 3, 31), None)]


def test_a_household_whose_wage_stopped_fell():
    """The wage ends in January: one wage in the three months to March."""
    assert became(household("H1", income=200, last="2024-01"))[0][0] is True


def test_a_fall_that_was_over_before_the_window_closed_is_still_a_fall():
    """No wage in spring, a good one again from July."""
    spell = household("H1", income=200, last="2024-01")
    back = household("H1", income=200, first="2024-07")
    assert became(spell | {"income": spell["income"] + back["income"]})[0][0] is True


def test_a_fall_at_the_as_of_date_or_after_the_window_is_not_seen():
    """No wage until December 2023 and none after 2024."""
    assert became(household("H1", income=400, first="2023-12", last="2024-12"))[0][0] is False


@pytest.mark.parametrize(
    "breach",
    [
        {"housing": [{"occurred_on": "2024-05-01", "grade": "D"}]},
        {"water": [{"occurred_on": "2024-05-01", "status": "cut"}]},
        {"schooling": [{"member_id": "H1-1", "started_on": "2024-05-01", "stage": "dropped_out"}]},
    ],
)
def test_unsafe_housing_water_or_schooling_inside_the_window_is_a_fall(breach):
    assert became(household("H1", income=200, **breach))[0][0] is True


def test_a_breach_after_the_window_is_not():
    unsafe = household("H1", income=200, water=[{"occurred_on": "2025-01-01", "status": "cut"}])
    assert became(unsafe)[0][0] is False


def test_a_household_in_breach_at_the_date_is_a_duty_and_has_no_label():
    """The cut of December lasts, whatever is written of it later and whatever becomes of the income."""
    cut = [{"occurred_on": day, "status": "cut"} for day in ("2023-12-31", "2024-06-30")]
    assert became(household("H1", income=200, water=cut)) == [(None, None, "in_breach")]
    assert became(household("H1", income=200, last="2024-01", water=cut)) == [(None, None, "in_breach")]


def test_a_breach_that_was_over_by_the_date_and_begins_again_is_a_fall():
    states = {"2023-06-30": "cut", "2023-09-30": "safe", "2024-06-30": "quality"}
    water = [{"occurred_on": day, "status": status} for day, status in states.items()]
    assert became(household("H1", income=200, water=water))[0][0] is True


def test_a_label_is_open_until_the_window_has_closed_and_settled():
    assert became(household("H1", income=200), known_on=date(2024, 12, 31)) == [(None, None, "window_open")]


def test_a_row_from_after_the_knowledge_date_is_open():
    assert became(household("H1", income=200), known_on=date(2023, 9, 30)) == [(None, None, "window_open")]


def test_nothing_recorded_after_the_knowledge_date_is_seen():
    """The cut was found in May 2024 and entered in April 2025."""
    cut = {"occurred_on": "2024-05-01", "status": "cut", "recorded_on": "2025-04-02"}
    late = household("H1", income=200, water=[cut])
    assert became(late, known_on=date(2025, 3, 31))[0][0] is False
    assert became(late, known_on=date(2025, 6, 30))[0][0] is True


def test_a_household_that_left_is_censored_not_negative():
    """It moved away in July."""
    gone = household("H1", income=200, state={"valid_to": "2024-07-01"})
    assert became(gone) == [(None, None, "left_register")]


def test_a_household_that_fell_and_then_left_fell():
    gone = household("H1", income=200, last="2024-01", state={"valid_to": "2024-07-01"})
    assert became(gone)[0][0] is True


def test_a_household_that_stayed_but_was_never_read_is_censored():
    assert became(household("H1", income=200, last="2023-06")) == [(None, None, "not_observed")]


def test_the_next_observation_decides_and_says_when_it_was():
    """Asked in December, not in March, poor in June, well off in September."""
    asked = [("2023-12-31", 300), ("2024-06-30", 50), ("2024-09-30", 300)]
    income = [{"source": "wage", "occurred_on": day, "amount": amount} for day, amount in asked]
    seen = household("H1") | {"income": [{"household_id": "H1", **row} for row in income]}
    assert became(seen, rules=NEXT) == [(True, date(2024, 6, 30), None)]
    assert became(seen, rules=NEXT, known_on=date(2024, 3, 31)) == [(None, None, "window_open")]


def test_without_an_observation_in_the_window_nothing_is_known():
    alone = household("H1") | {
        "income": [
            {"household_id": "H1", "source": "wage", "occurred_on": "2023-12-31", "amount": 300},
            {"household_id": "H1", "source": "wage", "occurred_on": "2025-03-31", "amount": 300},
        ]
    }
    assert became(alone, rules=NEXT) == [(None, None, "not_observed")]


def test_the_censored_are_counted_by_reason():
    """One held, one moved away, one was never read."""
    held, gone = household("H1", income=200), household("H2", income=200, state={"valid_to": "2024-07-01"})
    shard = village_of(held, gone, household("H3"))
    rows = pl.DataFrame({"household_id": ["H1", "H2", "H3"], "as_of_date": [DAY] * 3})
    found = labels(shard, rows, WINDOW, date(2025, 3, 31))
    assert count_censored(found, WINDOW.censored) == {
        "window_open": 0,
        "in_breach": 0,
        "left_register": 1,
        "not_observed": 1,
    }


def test_an_unknown_reading_is_refused():
    with pytest.raises(ParamsError) as refused:
        LabelRules.of({**WINDOW.written(), "reading": "guess"}, "label")
    assert str(refused.value) == (
        "label.reading: found 'guess', allowed is window or next_observation; mend it"
    )


def test_a_window_without_a_season_end_is_refused():
    with pytest.raises(ParamsError) as refused:
        LabelRules.of({**WINDOW.written(), "months": 2}, "label")
    assert str(refused.value) == "label.months: found 2, allowed is a whole number from 3; mend it"


def test_a_survey_reads_no_guarantee_and_so_nobody_was_without_one_already():
    assert "in_breach" in WINDOW.censored
    assert NEXT.censored == tuple(one for one in WINDOW.censored if one != "in_breach")
