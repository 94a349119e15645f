"""A release holds the files of every township, whatever counties call them."""

import polars as pl

from pipelines.stages.publish import _write_townships
from register.atomic import write_parquet
from tests.parameters import parameters
from tests.watchlists.lists import COUNTY_LINE, listed_row
from watchlists.release.store import LISTED
from watchlists.visits.change import LEFT_SCHEMA

PARAMS = parameters({"source.kind": "folder"})


def test_two_counties_with_one_township_id_have_cards_and_workbooks_of_their_own(tmp_path):
    """Both counties call their only township T01: the second's cards stood in the first's place."""
    rows = [
        listed_row("wu", county_id="530901", township_id="T01"),
        listed_row("li", county_id="530902", township_id="T01"),
    ]
    listed = pl.DataFrame(rows, schema_overrides={"rules": pl.List(pl.String())})
    write_parquet(tmp_path / LISTED, listed)
    nobody, told = pl.DataFrame(schema=LEFT_SCHEMA), {"lines": {"530901": COUNTY_LINE}, "caution": None}
    written = _write_townships(tmp_path, listed, nobody, told, PARAMS)
    assert written == {
        f"{kind}/{county}/T01{suffix}": 1
        for kind, suffix in (("workbooks", ".xlsx"), ("cards", ".html"))
        for county in ("530901", "530902")
    }
    cards = [(tmp_path / "cards" / f"{county}/T01.html").read_text() for county in ("530901", "530902")]
    assert ["地区520000，自2025-01-01起每人每年8,400元" in page for page in cards] == [True, False]
    assert "所用监测线：无" in cards[1]
    assert ["wu" in page for page in cards] == [True, False]
    assert ["li<" in page or ">li" in page for page in cards] == [False, True]
