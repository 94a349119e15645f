import math
from dataclasses import replace

import polars as pl
import pytest

from register.atomic import write_json, write_parquet
from register.keys.key_file import PUBLISHED_ID
from tests.watchlists.handed_out import released as published
from tests.watchlists.lists import LABEL, listed_row
from watchlists.visits.capacity import Capacity
from watchlists.visits.change import (
    LEFT_SCHEMA,
    RESCORED,
    WHY_ENTERED,
    WHY_LEFT,
    compared,
    left,
    left_by_visit,
)
from watchlists.visits.previous import Previous, otherwise_hidden, previous_list, previous_release

ONE_VISIT = Capacity("township", 1)


def released(folder, kind="folder", label=LABEL):
    write_parquet(folder / "watchlist.parquet", pl.DataFrame([listed_row()]))
    write_parquet(folder / "scores.parquet", pl.DataFrame([listed_row(), listed_row("H2")]))
    write_json(folder / "manifest.json", {"parameters": {"source": {"kind": kind}, "label": label}})


def test_the_newest_release_of_an_earlier_season_is_compared_with(tmp_path):
    for season in ("2025Q1", "2025Q3", "2025Q4", "2026Q1"):
        released(tmp_path / season)
    assert previous_release(tmp_path, "2025Q4", "folder", LABEL).name == "2025Q3"


def test_list_and_scores_of_an_earlier_release_are_compared_with(tmp_path):
    previous = previous_list(published(tmp_path, "H1", "H2", season="2025Q3"))
    assert (previous.season, len(previous.listed), len(previous.scores)) == ("2025Q3", 2, 2)
    assert len(previous.of_county("C9").listed) == 0


def test_a_release_of_another_kind_of_source_is_no_earlier_list(tmp_path):
    released(tmp_path / "2025Q3", "simulator")
    assert previous_release(tmp_path, "2025Q4", "folder", LABEL) is None


@pytest.mark.parametrize("label", [{"months": 6}, {"months": 12, "outcome": "relapse"}])
def test_a_release_of_another_label_is_no_earlier_list(tmp_path, label):
    released(tmp_path / "2025Q3", label=label)
    assert previous_release(tmp_path, "2025Q4", "folder", LABEL) is None
    assert previous_release(tmp_path, "2025Q4", "folder", label).name == "2025Q3"


@pytest.mark.parametrize(("key", "is_compared"), [(PUBLISHED_ID, True), ("0badc0de", False), (None, False)])
def test_invented_households_that_a_machine_hid_under_its_own_key_are_not_compared_with(
    tmp_path, key, is_compared
):
    folder = tmp_path / "2025Q3"
    released(folder, "simulator")
    told = {"source": {"kind": "simulator"}, "label": LABEL, "privacy": {"pseudonymise": True}}
    write_json(folder / "manifest.json", {"parameters": told, "pseudonym_key_id": key})
    found = previous_release(tmp_path, "2025Q4", "simulator", LABEL)
    assert (found, otherwise_hidden(tmp_path, "2025Q4", "simulator")) == (
        (folder, []) if is_compared else (None, [folder])
    )
    assert otherwise_hidden(tmp_path, "2025Q4", "folder") == []


def now(*households, found=None):
    """Allocated households: id, risk, rank, listed, rules; all in T1; and what visits of the season found."""
    rows = [
        {
            "household_id": one,
            "county_id": "C1",
            "township_id": "T1",
            "village_id": "T1-V1",
            "risk": risk,
            "rank": rank,
            "listed_by": "rule" if rules else "risk",
            "is_listed": is_listed,
            "rules": rules,
            "visit_result": (found or {}).get(one),
        }
        for one, risk, rank, is_listed, rules in households
    ]
    return pl.DataFrame(rows, schema_overrides={"rules": pl.List(pl.String()), "visit_result": pl.String()})


def before(listed, others=()):
    """The last list (id, risk, how) and the risks of the rest of its cohort."""
    rows = [listed_row(one, risk=risk, township_id="T1", listed_by=how) for one, risk, how in listed]
    scored = [(one, risk) for one, risk, _ in listed] + list(others)
    scores = pl.DataFrame(scored, schema={"household_id": pl.String(), "risk": pl.Float64()}, orient="row")
    return Previous("2025Q3", pl.DataFrame(rows), scores)


def then(**risks):
    """What this season's model says of last season's facts."""
    return pl.DataFrame(
        {"household_id": list(risks), "risk_then": list(risks.values()), "calibration_change": None},
        schema=RESCORED,
    )


def told(frame, name):
    return dict(frame.drop_nulls(name).select("household_id", name).rows())


def test_without_an_earlier_release_everybody_is_new_and_nobody_left():
    found = compared(now(("H1", 0.5, 1, True, []), ("H2", 0.1, 2, False, [])), None, then(), ONE_VISIT, 1.05)
    assert told(found, "change") == {"H1": "new"}
    assert told(found, "why_entered") == {"H1": "no_earlier_list"}
    assert left(found).equals(pl.DataFrame(schema=LEFT_SCHEMA))


def test_every_household_that_left_says_why_and_whether_its_facts_improved():
    previous = before(
        [
            ("H1", 0.5, "risk"),  # dissolved since
            ("H2", 0.5, "rule"),  # the child is back at school
            ("H3", 0.5, "risk"),  # found work
            ("H4", 0.5, "risk"),  # nothing happened, the new model sees less risk
            ("H5", 0.5, "risk"),  # no less at risk, others come first
            ("H6", 0.5, "risk"),  # its facts of then were not built
            ("H7", 0.5, "risk"),  # stays
        ]
    )
    cohort = now(
        ("H7", 0.6, 1, True, []),
        *(
            (one, risk, 9, False, [])
            for one, risk in (("H2", 0.5), ("H3", 0.2), ("H4", 0.2), ("H5", 0.5), ("H6", 0.2))
        ),
    )
    rescored = then(H2=0.5, H3=0.5, H4=0.2, H5=0.5, H7=0.5)
    found = compared(cohort, previous, rescored, ONE_VISIT, 1.05)
    gone = left(found)
    assert told(gone, "why_left") == {
        "H1": "left_cohort",
        "H2": "rule_cleared",
        "H3": "facts_improved",
        "H4": "model_changed",
        "H5": "places_taken",
        "H6": "risk_fell",
    }
    assert told(gone, "is_unimproved") == {"H1": False, "H2": False, "H3": False, "H4": True, "H5": True}
    assert told(found, "change")["H7"] == "stayed"
    assert dict(gone.schema) == LEFT_SCHEMA


def test_facts_and_model_add_up_to_the_whole_change():
    found = compared(
        now(("H1", 0.2, 9, False, [])), before([("H1", 0.5, "risk")]), then(H1=0.4), ONE_VISIT, 1.05
    )
    row = found.row(0, named=True)
    # log-odds: 0 then, log(0.4/0.6) by the new model, log(0.2/0.8) now.
    assert row["model_change"] == pytest.approx(-0.405465, abs=1e-6)
    assert row["facts_change"] == pytest.approx(-1.386294 + 0.405465, abs=1e-6)


def test_a_changed_calibration_is_told_apart_from_a_changed_model():
    rescored = then(H1=0.4).with_columns(calibration_change=pl.lit(-0.3))
    cohort, previous = now(("H1", 0.2, 9, False, [])), before([("H1", 0.5, "risk")])
    row = compared(cohort, previous, rescored, ONE_VISIT, 1.05).row(0, named=True)
    assert row["model_change"] == pytest.approx(-0.105465, abs=1e-6)
    whole = row["facts_change"] + row["model_change"] + row["calibration_change"]
    assert whole == pytest.approx(math.log(0.2 / 0.8), abs=1e-12)


def test_the_calibration_of_an_earlier_release_is_read_from_its_manifest(tmp_path):
    release = published(tmp_path)
    assert previous_list(release).calibration is None
    calibration = {"slope": 0.9, "intercept": -0.1}
    calibrated = replace(release, manifest={**release.manifest, "calibration": calibration})
    assert previous_list(calibrated).calibration == calibration


def test_a_household_that_would_fit_into_last_seasons_visits_left_for_want_of_visits():
    previous = before([("H1", 0.5, "risk"), ("H2", 0.4, "risk")])
    cohort = now(("H1", 0.5, 1, True, []), ("H2", 0.4, 2, False, []))
    found = compared(cohort, previous, then(H1=0.5, H2=0.4), ONE_VISIT, 1.05)
    assert told(found, "why_left") == {"H2": "capacity_fell"}


def test_every_household_that_entered_says_why():
    previous = before([("H0", 0.5, "risk")] * 1, [(f"H{n}", 0.2) for n in (2, 3, 4, 5, 6)])
    cohort = now(
        ("H1", 0.9, 1, True, []),  # lifted out since
        ("H2", 0.2, 1, True, ["dropout"]),
        ("H3", 0.6, 1, True, []),  # fell ill
        ("H4", 0.6, 1, True, []),  # the new model sees more
        ("H5", 0.2, 1, True, []),  # another left
        ("H6", 0.2, 2, True, []),  # there is a second visit now
        ("H0", 0.1, 9, False, []),
    )
    found = compared(cohort, previous, then(H0=0.1, H2=0.2, H3=0.2, H4=0.6, H5=0.2, H6=0.2), ONE_VISIT, 1.05)
    assert told(found, "why_entered") == {
        "H1": "new_in_cohort",
        "H2": "rule_spoke",
        "H3": "facts_worsened",
        "H4": "model_changed",
        "H5": "places_freed",
        "H6": "capacity_grew",
    }


def test_every_reason_has_words():
    for words in (*WHY_ENTERED.values(), *WHY_LEFT.values()):
        assert all(words)


def within_season(listed, others=()):
    """The same season's list before, from which visits were made."""
    return replace(before(listed, others), season="2025Q4", is_of_this_season=True)


def test_a_later_list_of_the_season_says_who_made_room_and_who_came_in_for_them():
    """H1 had moved away, H2 was helped already; H3 and H4, a dropout, come in at the same risk."""
    previous = within_season(
        [("H1", 0.5, "risk"), ("H2", 0.4, "rule"), ("H5", 0.3, "risk")], [("H3", 0.2), ("H4", 0.1)]
    )
    found = {"H1": "moved_away", "H2": "already_helped", "H5": "confirmed"}
    households = now(
        ("H5", 0.3, 1, True, []),
        ("H3", 0.2, 2, True, []),
        ("H4", 0.1, 3, True, ["dropout"]),
        ("H1", 0.5, None, False, []),
        ("H2", 0.4, None, False, ["dropout"]),
        found=found,
    )
    changes = compared(households, previous, then(), ONE_VISIT, 1.05)
    assert told(changes, "why_left") == {"H1": "moved_away", "H2": "already_helped"}
    assert told(changes, "why_entered") == {"H3": "places_freed", "H4": "places_freed"}
    assert told(changes, "change")["H5"] == "stayed"
    assert told(changes, "is_unimproved") == {"H1": False, "H2": False}
    assert (left_by_visit(left(changes), "C1", "T1"), left_by_visit(left(changes), "C1")) == (2, 2)
    assert left_by_visit(left(changes), "C1", "T2") == 0
    assert {"moved_away", "already_helped"} <= WHY_LEFT.keys()
