"""Corrections, moves of persons, splits and mergers of households, as known at the date."""

from datetime import date

import pytest

from features.engine import build_features
from tests.features.stories import CHILD, DAY, HEAD, HOUSEHOLD, household, people, shard

SON = {"member_id": "son", "birth_date": date(2000, 1, 1)}
MARRIED = date(2025, 7, 1)
#: The son lives with his parents until he marries into household n.
SON_MOVES = people(HEAD, CHILD, SON, SON | {"household_id": "n", "valid_from": MARRIED})
JOB = {"member_id": "son", "started_on": date(2025, 1, 1), "activity": "employee", "monthly_wage": 3_000.0}
NEW = HOUSEHOLD | {"household_id": "n", "valid_from": MARRIED}
FROM_OLD = NEW | {"origin": "split", "origin_household_id": "h"}


def both(at=DAY, **tables):
    """Give the features of the old household and of the new one, None where there is none."""
    built = build_features(shard(**tables), [at], 12).to_dicts()
    features = {row["household_id"]: row for row in built}
    return features["h"], features.get("n")


def test_a_son_takes_his_work_to_the_household_he_marries_into():
    old, new = both(households=[HOUSEHOLD, NEW], members=SON_MOVES, employment=[JOB])
    assert (old["n_workers"], new["n_workers"]) == (0, 1)
    assert (old["has_lost_main_worker"], new["has_lost_main_worker"]) == (1, 0)


def test_before_the_move_was_entered_he_works_for_his_parents():
    records = [*SON_MOVES[:-1], SON_MOVES[-1] | {"recorded_on": date(2026, 2, 1)}]
    old, new = both(households=[HOUSEHOLD, NEW], members=records, employment=[JOB])
    assert (old["n_workers"], new["n_workers"]) == (1, None)


def test_a_move_that_is_taken_back_is_replayed():
    """The correction of March 2026 says he never left; December 2025 does not know it."""
    undone = SON_MOVES[-1] | {"household_id": "h", "recorded_on": date(2026, 3, 1)}
    tables = {"households": [HOUSEHOLD, NEW], "members": [*SON_MOVES, undone], "employment": [JOB]}
    assert [both(at, **tables)[0]["n_workers"] for at in (DAY, date(2026, 3, 31))] == [0, 1]


def test_a_corrected_wage_changes_from_the_day_it_was_corrected():
    wage = {"source": "wage", "amount": 2_400.0, "occurred_on": date(2025, 3, 1)}
    records = [wage, wage | {"amount": 4_800.0, "recorded_on": date(2025, 11, 5)}]
    at = [household(dates=(day,), income=records)["wage_income"] for day in (date(2025, 10, 31), DAY)]
    assert at == pytest.approx([0.1, 0.2])


def test_a_household_split_off_has_what_hit_the_family_before():
    """The flood of March hit both; that of August the parents alone."""
    floods = [{"kind": "flood", "occurred_on": date(2025, month, 1)} for month in (3, 8)]
    old, new = both(households=[HOUSEHOLD, FROM_OLD], members=SON_MOVES, shocks=floods)
    assert (old["n_disasters_12m"], new["n_disasters_12m"]) == (2, 1)


def test_monitoring_and_relocation_come_along_income_houses_and_help_do_not():
    day = date(2024, 5, 1)
    old, new = both(
        households=[HOUSEHOLD, FROM_OLD],
        members=SON_MOVES,
        monitoring=[{"event": "identified", "occurred_on": day}],
        relocation=[{"kind": "site_move", "occurred_on": day}],
        income=[{"source": "wage", "amount": 100.0, "occurred_on": day}],
        housing=[{"occurred_on": day, "grade": "D"}],
        assistance=[{"measure": "industry", "started_on": day}],
    )
    assert (new["n_identifications"], new["is_relocated"]) == (1, 1)
    own = ("n_earners", "has_dangerous_house", "n_active_measures")
    assert all(old[name] is not None for name in own)
    assert [new[name] for name in own] == [None, None, None]


def test_a_household_entered_as_its_own_origin_has_its_records_once():
    """A clerk typed the household's own number into the field of the one it came from."""
    own = HOUSEHOLD | {"valid_from": date(2025, 1, 1), "origin": "merged", "origin_household_id": "h"}
    identified = [{"event": "identified", "occurred_on": date(2024, 5, 1)}]
    assert household(households=[HOUSEHOLD, own], monitoring=identified)["n_identifications"] == 1


def test_a_split_that_is_not_known_yet_brings_nothing():
    late = FROM_OLD | {"valid_from": date(2020, 1, 1), "recorded_on": date(2020, 1, 1), "origin": None}
    split = late | {"origin": "split", "recorded_on": date(2026, 1, 5)}
    flood = [{"kind": "flood", "occurred_on": date(2019, 12, 1)}]
    assert both(households=[HOUSEHOLD, late, split], shocks=flood)[1]["n_disasters_12m"] == 0


def test_a_household_of_two_mergers_has_the_history_of_both():
    """n took in h in July and m in September; m lived through a flood in August."""
    merged = NEW | {"origin": "merged", "origin_household_id": "h"}
    again = merged | {"origin_household_id": "m", "valid_from": date(2025, 9, 1)}
    flood = {"kind": "flood", "occurred_on": date(2025, 8, 1), "household_id": "m"}
    hail = {"kind": "meteorological", "occurred_on": date(2025, 6, 1)}
    homes = [HOUSEHOLD, HOUSEHOLD | {"household_id": "m"}, merged, again]
    assert both(households=homes, shocks=[flood, hail])[1]["n_disasters_12m"] == 2


def test_a_split_of_a_split_has_the_history_of_the_first():
    """m split from h in 2022, n from m in 2025."""
    middle = FROM_OLD | {"household_id": "m", "valid_from": date(2022, 1, 1)}
    last = FROM_OLD | {"origin_household_id": "m"}
    records = [{"event": "identified", "occurred_on": date(year, 5, 1)} for year in (2021, 2023)]
    assert both(households=[HOUSEHOLD, middle, last], monitoring=records)[1]["n_identifications"] == 1


def test_two_households_that_name_each_other_as_origin_end_the_search():
    back = HOUSEHOLD | {"origin": "merged", "origin_household_id": "n", "valid_from": date(2025, 9, 1)}
    flood = [{"kind": "flood", "occurred_on": date(2025, 3, 1)}]
    old, new = both(households=[HOUSEHOLD, back, FROM_OLD], shocks=flood)
    assert (old["n_disasters_12m"], new["n_disasters_12m"]) == (1, 1)
