"""Three households, one listed: their risks for a line that stays, and for one that rises by 15 %."""

import polars as pl
import pytest

from watchlists.report.rises import rise_section, risks_by_rise

COHORT = pl.DataFrame(
    {
        "risk": [0.1, 0.2, 0.6],
        "is_listed": [False, False, True],
        "risk_rise_0.15": [0.2, 0.4, 0.9],
        "risk_rise_0.0": [0.1, 0.1, 0.4],
        "risk_rise_came": [0.1, 0.2, 0.5],
    }
)


def test_risks_are_averaged_as_assumed_and_for_every_stated_rise_in_order():
    risks = risks_by_rise(COHORT)
    assert [one["rise"] for one in risks] == [None, 0.0, 0.15]
    assert [one["cohort"] for one in risks] == pytest.approx([0.3, 0.2, 0.5])
    assert [one["listed"] for one in risks] == pytest.approx([0.6, 0.4, 0.9])


def test_a_published_order_has_no_risk_for_any_rise():
    order = COHORT.select(pl.lit(None, dtype=pl.Float64).alias("risk"), "is_listed")
    assert risks_by_rise(order) == []
    assert rise_section([], []) == {"rows": []}


def test_the_table_says_which_rise_the_list_assumes():
    rows = rise_section(risks_by_rise(COHORT), [1.0357])["rows"]
    assert rows[0] == ("本名单按此（+3.6%）", "as this list assumes (+3.6%)", "30.0%", "60.0%")
    assert [row[0] for row in rows[1:]] == ["+0%", "+15%"]


def test_where_no_other_rise_is_read_there_is_no_table():
    alone = risks_by_rise(COHORT.select("risk", "is_listed"))
    assert rise_section(alone, [])["rows"] == []
