import polars as pl
import pytest

from watchlists.report.cover import cover_section
from watchlists.visits.cover_series import SCHEMA

ROW = {
    "group": "with_children",
    "cover": 0,
    "found": 586,
    "fell": 3289,
    "group_found": 203,
    "group_fell": 1494,
}
ROW |= {
    "recall": 0.178,
    "recall_low": 0.163,
    "recall_high": 0.193,
    "gap": -7.7,
    "gap_low": -10.5,
    "gap_high": -4.7,
}


def series(*rows):
    return pl.DataFrame([{**ROW, **row} for row in rows], schema=SCHEMA)


def test_every_number_reserved_is_drawn_and_stands_in_the_table():
    section = cover_section(series({}, {"cover": 6, "gap": 0.7}))
    assert (section["zh"], section["en"]) == ("有未成年人", "children under 18")
    assert section["reserved"] == [0, 6]
    assert [row["cells"][2] for row in section["table"]["rows"]] == [
        ("−7.7", "[−10.5, −4.7]"),
        ("0.7", "[−10.5, −4.7]"),
    ]
    assert ">6<" in section["picture"]


def test_nothing_is_drawn_where_nothing_was_tried():
    assert cover_section(series()) is None


@pytest.mark.parametrize("few", [{"group_found": 7}, {"group_fell": 205}, {"found": 209}, {"fell": 1880}])
def test_small_counts_are_not_drawn(few):
    assert cover_section(series({}, few)) is None
