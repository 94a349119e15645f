from datetime import date

import polars as pl

from features.attendance import with_years_attended
from tests.features.stories import DAY, shard

SCHOOL = {"member_id": "child", "started_on": date(2024, 9, 1)}


def _years(*spells):
    known = shard(schooling=[SCHOOL | spell for spell in spells])
    return with_years_attended(pl.DataFrame({"member_id": ["child", "head"]}), known, DAY)["years_attended"]


def test_a_technical_school_leads_as_far_as_a_high_school():
    assert _years({"stage": "vocational"}).to_list() == _years({"stage": "high"}).to_list() == [12, None]


def test_of_two_open_spells_the_higher_counts_and_one_that_ended_does_not():
    over = {"stage": "university", "ended_on": date(2025, 7, 1)}
    assert _years({"stage": "middle"}, {"stage": "primary"}, over)[0] == 9


def test_a_dropout_attends_nothing():
    assert _years({"stage": "dropped_out"})[0] is None
