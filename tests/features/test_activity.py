from datetime import date

import polars as pl

from features.activity import with_activity
from tests.features.stories import DAY, shard

SPELL = {"member_id": "head", "started_on": date(2025, 1, 1), "activity": "employee"}


def _does(*spells):
    known = shard(employment=[SPELL | spell for spell in spells])
    row = with_activity(pl.DataFrame({"member_id": ["head", "child"]}), known, DAY).row(0, named=True)
    return row["is_at_work"], row["is_in_labour_force"]


def test_who_looks_for_work_is_in_the_labour_force_and_not_at_work():
    assert _does({}) == (True, True)
    assert _does({"activity": "seeking"}) == (False, True)


def test_who_has_a_job_and_looks_for_another_is_at_work():
    assert _does({"activity": "seeking"}, {}) == (True, True)


def test_a_job_that_ended_and_no_job_at_all_are_alike():
    assert _does({"ended_on": date(2025, 12, 1)}) == (False, False)
    known = shard(employment=[SPELL])
    child = with_activity(pl.DataFrame({"member_id": ["head", "child"]}), known, DAY).row(1, named=True)
    assert (child["is_at_work"], child["is_in_labour_force"]) == (False, False)


def test_where_nobody_was_ever_asked_about_work_nothing_is_known():
    """A survey without a table of work: two adults are not two adults out of work."""
    asked = with_activity(pl.DataFrame({"member_id": ["head"]}), shard(employment=[]), DAY)
    assert asked.select("is_at_work", "is_in_labour_force").row(0) == (None, None)
