"""Settings follow what a source holds: a panel's next interview decides, an office's window does."""

from datetime import date

import pytest

from register.proposal.history import holdings
from register.proposal.settings import export_day, is_survey, placeholder_line, settings
from tests.deliveries import Given
from tests.households import household, village_tables
from tests.parameters import parameters

WAVES = ("2009-12-31", "2010-12-31", "2011-12-31")


def asked(name, days=WAVES, amount=100.0, members=1):
    """A household whose income is asked on some days; its members are known from the first on."""
    incomes = [{"source": "other", "occurred_on": day, "amount": amount} for day in days]
    people = [{"member_id": f"{name}-{one}", "valid_from": days[0]} for one in range(members)]
    return household(name, members=0, state={"valid_from": days[0]}, income=None) | {
        "income": [{"household_id": name, **one} for one in incomes],
        "members": [{"household_id": name, **one} for one in people],
    }


def held(*homes):
    return holdings(Given(village_tables(*homes, villages=[{"valid_from": WAVES[0]}])))


def proposed(*homes, months=1):
    return {one.name: one.value for one in settings(held(*homes), None, months)}


def test_a_panel_is_judged_by_its_next_interview():
    assert proposed(*(asked(f"h{one}") for one in range(25))) == {
        "season": "2011Q4",
        "features.first_season": "2009Q4",
        "cohort.categories": ["ordinary"],
        "label.settle_months": 0,
        "watchlist.capacity.visits": 3,
        "cohort.learns_from": "also_below",
        "evaluate.cluster": "household",
        "label.reading": "next_observation",
        "label.line_rise": "observed",
        "label.months": 12,
        "label.resources_months": 1,
        "evaluate.origins": 1,
    }


def test_consumption_is_told_as_such():
    made = settings(held(*(asked(f"h{one}") for one in range(25))), None, 1, is_consumption=True)
    assert ("label.resources", "consumption") in [(one.name, one.value) for one in made]


def test_the_window_is_as_long_as_the_longest_gap_between_waves():
    assert proposed(asked("a", ["2010-10-13", "2013-11-02", "2016-10-20"]), months=3)["label.months"] == 36


def test_a_ledger_is_no_survey_and_keeps_the_window():
    monthly = household("wu", income=900, first="2025-01", last="2025-12")
    assert not is_survey(held(monthly))
    assert "label.reading" not in proposed(monthly)
    assert is_survey(held(asked("a", WAVES[:1])))


def test_an_office_keeps_all_but_the_seasons_and_its_province():
    monthly = household("wu", income=900, first="2025-01", last="2025-12")
    assert [(one.name, one.value) for one in settings(held(monthly), "520000", None)] == [
        ("source.region", "520000"),
        ("season", "2025Q4"),
        ("features.first_season", "2009Q4"),
    ]


def test_rows_that_will_be_set_aside_are_allowed_for_and_said():
    """Of three members two have no household."""
    lost = [{"household_id": "bo", "member_id": f"bo-{one}"} for one in range(2)]
    of_these = holdings(Given(village_tables(asked("a"), members=lost)))
    (allowed,) = [one for one in settings(of_these, None, 1) if one.name.startswith("ingest")]
    assert (allowed.name, allowed.value) == ("ingest.max_quarantined_share", 0.75)
    assert allowed.en.startswith("about 67% of the rows of members lack")


def test_settings_are_such_as_the_parameters_allow():
    made = [*settings(held(asked("a")), "520000", 1), export_day(date(2026, 1, 2))]
    assert parameters({one.name: one.value for one in made}).season == "2011Q4"
    assert {one.assignment for one in made} >= {"cohort.categories=[ordinary]", "season=2011Q4"}


@pytest.mark.parametrize(("months", "line"), [(1, 1200.0), (3, 400.0)])
def test_a_placeholder_line_lies_above_three_in_ten_people(months, line):
    """Ten households of two; the first waves' amounts a head: 100 for four of them, more for the others."""
    homes = [asked(f"h{one}", amount=200.0 if one < 4 else 900.0, members=2) for one in range(10)]
    assert placeholder_line(held(*homes), months) == line


def test_without_amounts_there_is_no_placeholder():
    assert placeholder_line(held(household("wu")), 1) is None


def test_an_office_that_exports_once_a_year_need_not_wait_for_late_records():
    """Incomes of each December, complete on the day; of a monthly ledger records arrive late."""
    yearly = asked("lin", ("2023-12-31", "2024-12-31", "2025-12-31"))
    assert proposed(yearly, months=None)["label.settle_months"] == 0
    monthly = household("wu", income=900, first="2025-01", last="2025-12")
    assert "label.settle_months" not in proposed(monthly, months=None)
