import polars as pl

from register.atomic import write_json, write_parquet
from tests.watchlists.lists import listed_row
from watchlists.change import LEFT_SCHEMA, changed, left, previous_list, previous_release


def released(folder, kind="folder"):
    write_parquet(folder / "watchlist.parquet", pl.DataFrame([listed_row()]))
    write_json(folder / "manifest.json", {"parameters": {"source": {"kind": kind}}})


def test_the_newest_release_of_an_earlier_season_is_compared_with(tmp_path):
    for season in ("2025Q1", "2025Q3", "2025Q4", "2026Q1"):
        released(tmp_path / season)
    assert previous_release(tmp_path, "2025Q4", "folder").name == "2025Q3"
    assert previous_list(tmp_path / "2025Q3")["previous_season"].to_list() == ["2025Q3"]


def test_a_release_of_another_kind_of_source_is_no_earlier_list(tmp_path):
    released(tmp_path / "2025Q3", "simulator")
    assert previous_release(tmp_path, "2025Q4", "folder") is None


def test_without_an_earlier_release_everybody_is_new_and_nobody_left(tmp_path):
    assert previous_release(tmp_path, "2025Q4", "folder") is None
    now = pl.DataFrame({"household_id": ["H1"]})
    assert changed(now, previous_list(None)).to_list() == ["new"]
    assert left(now, None).equals(pl.DataFrame(schema=LEFT_SCHEMA))


def before(*rows):
    return pl.DataFrame(list(rows)).with_columns(pl.lit("2025Q3").alias("previous_season"))


def test_who_was_listed_before_stayed_and_the_others_entered():
    now = pl.DataFrame({"household_id": ["H1", "H2"]})
    assert changed(now, before(listed_row("H1"))).to_list() == ["stayed", "entered"]


def test_every_household_that_left_says_why():
    previous = before(
        listed_row("H1", risk=0.5),  # dissolved since
        listed_row("H2", risk=0.5, listed_by="rule", rules=["dropout"]),  # the child is back at school
        listed_row("H3", risk=0.5),  # risk fell to 0.2
        listed_row("H4", risk=0.5),  # still 0.5, but others come first
        listed_row("H5", risk=0.5),  # still listed
    )
    now = pl.DataFrame(
        {
            "household_id": ["H2", "H3", "H4", "H5"],
            "risk": [0.5, 0.2, 0.5, 0.5],
            "is_listed": [False, False, False, True],
            "rules": pl.Series([[], [], [], []], dtype=pl.List(pl.String())),
        }
    )
    found = left(now, previous)
    assert dict(zip(found["household_id"], found["why_left"], strict=True)) == {
        "H1": "left_cohort",
        "H2": "rule_cleared",
        "H3": "risk_fell",
        "H4": "places_taken",
    }
    assert dict(found.schema) == LEFT_SCHEMA
