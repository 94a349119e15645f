import polars as pl

from watchlists.reasons.ending_help_words import NEVER
from watchlists.report.ending_help import ending_help_section


def rows(number, standing="told"):
    one = {"household_id": "H1", "measure": "health", "risk": 0.1, "risk_ended": 0.2, "n_without": 60}
    return pl.DataFrame([{**one, "standing": standing}] * number)


def test_a_measure_is_told_with_its_means_and_the_caution():
    section = ending_help_section(rows(20))
    assert section["caution"] == NEVER
    assert section["rows"][0]["cells"] == [("20",), ("20",), ("10.0%",), ("20.0%",), ("60",)]


def test_small_counts_and_what_contradicts_are_not_told():
    (row,) = ending_help_section(rows(7, "contradicts"))["rows"]
    assert row["cells"][0] == ("–",)
    assert "cannot be read off this register" in row["cells"][2]


def test_means_are_of_all_under_the_measure_and_not_only_of_those_told_of():
    """Twenty are told of at 10 and 20 %; twenty whose own risk fell from 10 to 8 % count in the mean."""
    fell = rows(20, "contradicts").with_columns(risk_ended=pl.lit(0.08))
    (row,) = ending_help_section(pl.concat([rows(20), fell]))["rows"]
    assert row["cells"][:4] == [("40",), ("20",), ("10.0%",), ("14.0%",)]


def test_a_measure_that_cannot_be_read_has_no_figure():
    withheld = rows(40, "contradicts").with_columns(risk_ended=pl.lit(None, dtype=pl.Float64))
    (row,) = ending_help_section(withheld)["rows"]
    assert row["cells"][1:] == [
        ("–",),
        ("从本登记数据看不出来", "cannot be read off this register"),
        ("–",),
        ("–",),
    ]


def test_nothing_without_help():
    assert ending_help_section(None) is None
