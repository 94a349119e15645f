from datetime import date

import polars as pl

from register.reference import income_lines, measures
from register.shard import Shard
from register.tables import TABLES
from tests.watchlists.lists import DAY, features, listed_row
from watchlists.reasons.help import help_in_force, reminders, with_help


def shard(*helped):
    village = {"village_id": "V1", "township_id": "T1", "county_id": "C1", "region_id": "530000"}
    dated = {"valid_from": date(2021, 1, 1), "recorded_on": date(2021, 1, 1)}
    villages = pl.DataFrame([{**village, **dated}], schema_overrides=TABLES["villages"].kept)
    rows = [
        {
            "household_id": "H1",
            "measure": measure,
            "started_on": begun,
            "ended_on": ended,
            "recorded_on": begun,
        }
        for measure, begun, ended in helped
    ]
    schema = TABLES["assistance"].kept
    given = pl.DataFrame(rows, schema=schema) if rows else pl.DataFrame(schema=schema)
    return Shard.of({"villages": villages, "assistance": given}, income_lines())


def test_help_that_ended_is_not_in_force_and_help_that_ends_next_season_is_ending():
    given = help_in_force(
        shard(
            ("health", date(2025, 1, 1), None),
            ("employment", date(2025, 1, 1), date(2026, 2, 28)),
            ("industry", date(2025, 1, 1), date(2025, 12, 31)),
            ("public_post", date(2026, 1, 1), None),  # not yet
        ),
        DAY,
    )
    assert given.rows() == [("H1", ["employment", "health"], ["employment"])]


def test_a_measure_that_another_record_carries_on_does_not_end():
    runs = (("public_post", date(2025, 1, 1), date(2026, 1, 31)), ("public_post", date(2025, 10, 1), None))
    assert help_in_force(shard(*runs), DAY).rows() == [("H1", ["public_post"], [])]


def helped(facts, *codes):
    listed = pl.DataFrame({"household_id": ["H1"]})
    given = pl.DataFrame(
        {"household_id": ["H1"], "measures_in_force": [list(codes)], "measures_ending": [[]]}
    )
    given = given.cast({"measures_in_force": pl.List(pl.String()), "measures_ending": pl.List(pl.String())})
    found = with_help(
        listed, given if codes else given.clear(), features({"household_id": "H1", **facts}), measures()
    )
    return found.select("is_on_relief_only", "lacks_follow_up").row(0)


def test_a_worker_with_an_allowance_alone_is_on_relief_only():
    assert helped({"n_able_to_work": 1.0}, "social_security") == (True, False)
    assert helped({"n_able_to_work": 1.0}, "social_security", "employment") == (False, False)
    assert helped({"n_able_to_work": 0.0}, "social_security") == (False, False)
    assert helped({"n_able_to_work": None}, "social_security") == (False, False)


def test_a_relocated_household_without_support_lacks_follow_up():
    moved = {"is_relocated": 1.0, "n_able_to_work": 1.0}
    assert helped(moved) == (False, True)
    assert helped(moved, "industry") == (False, False)
    assert helped({**moved, "n_able_to_work": 0.0}, "social_security") == (False, False)
    assert helped({**moved, "n_able_to_work": 0.0}) == (False, True)


def test_what_calls_for_a_word_is_said_in_both_languages():
    row = listed_row(measures_ending=["public_post"], is_on_relief_only=True, lacks_follow_up=True)
    assert reminders(row, measures()) == [
        (
            "公益岗位帮扶将在3个月内到期，请核对是否续期。",
            "Ends within 3 months: public post; check whether it goes on.",
        ),
        (
            "有人能劳动，在享帮扶却没有产业、就业、金融或公益岗位措施（一兜了之）。",
            "Somebody is able to work, but no measure in force helps to earn (relief alone).",
        ),
        ("易地搬迁户，未见后续扶持措施。", "Relocated, and no follow-up support in force."),
    ]
    assert reminders(listed_row(), measures()) == []
