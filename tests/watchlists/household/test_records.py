from tests.watchlists.household.homes import home, living

WIFE = {"member_id": "wife", "birth_date": "1982-01-01", "relation": "spouse"}


def test_what_a_member_brought_along_from_another_household_is_known():
    stay = {
        "household_id": "before",
        "member_id": "wife",
        "occurred_on": "2025-03-01",
        "kind": "inpatient",
        "own_payment": 900.0,
    }
    known = home(members=living(WIFE), health=[stay])
    assert [row["own_payment"] for row in known.of_year("health", "inpatient")] == [900.0]


def test_a_record_entered_after_the_day_is_not_seen():
    late = {"occurred_on": "2025-11-01", "recorded_on": "2026-01-15", "kind": "flood"}
    assert home(shocks=[late]).records["shocks"] == ()


def test_the_year_is_twelve_calendar_months():
    floods = [{"occurred_on": day, "kind": "flood"} for day in ("2024-12-31", "2025-01-01")]
    assert [str(row["occurred_on"]) for row in home(shocks=floods).of_year("shocks", "flood")] == [
        "2025-01-01"
    ]


def test_a_spell_that_ends_on_the_day_itself_goes_on_no_more():
    spells = [
        {"member_id": "head", "started_on": "2025-01-01", "ended_on": end, "activity": activity}
        for end, activity in (("2025-12-31", "employee"), ("2026-01-01", "seeking"))
    ]
    assert [row["activity"] for row in home(employment=spells).running("employment")] == ["seeking"]


def test_months_since_the_newest_record_are_told_and_a_missing_table_has_none():
    known = home(housing=[{"occurred_on": day, "grade": "A"} for day in ("2020-01-01", "2025-06-30")])
    assert known.months_since == {"housing": 6}
