import polars as pl

from tests.watchlists.lists import FALLS
from watchlists.report.missed_section import missed_section
from watchlists.visits.missed import missed_counts


def counts(*rows):
    return pl.DataFrame(rows, schema=["by", "value", "fell", "missed"], orient="row")


def cells(section):
    return {row["name"][1]: [cell[0] for cell in row["cells"]] for row in section["rows"]}


def test_falls_that_were_not_listed_are_told_with_their_share():
    section = missed_section(
        counts(
            ("all", "all", 1153, 970), ("distance", "0", 400, 271), ("distance", "1.25", 753, 699),
            ("group", "relocated", 46, 40), ("group", "remote", 302, 255),
        ),
        FALLS,
    )  # fmt: skip
    assert section["columns"][0] == ("跌破", "fell")
    assert cells(section)["all"] == ["1,155", "970", "84%"]
    assert cells(section)["income below 1.25 lines"] == ["400", "270", "68%"]
    assert cells(section)["income 1.25 to 1.5 lines"] == ["755", "700", "93%"]
    assert cells(section)["remote village"] == ["300", "255", "84%"]
    assert cells(section)["relocated"] == ["–", "–", "–"]  # 6 of them were listed


def test_a_small_band_takes_another_along_that_would_tell_it():
    section = missed_section(
        counts(
            ("all", "all", 300, 250), ("distance", "2", 100, 95), ("distance", "1.5", 100, 80),
            ("distance", "unknown", 100, 75),
        ),
        FALLS,
    )  # fmt: skip
    assert [row[0] for row in cells(section).values()] == ["300", "–", "–", "100"]


def test_where_no_season_was_judged_there_is_no_section():
    assert missed_section(missed_counts({}), FALLS) is None
