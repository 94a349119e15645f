import polars as pl
import pytest

from features.declaration import GROUPS
from models.attribution.ranked import ranked_households
from models.ranking.ranking import Ranking
from tests.watchlists.lists import DAY, FORECASTS, explained, features

PLACES = {"county_id": "C1", "township_id": "T1", "village_id": "V1", "as_of_date": DAY}


def ranked(kind, *rows):
    cohort = pl.DataFrame([{"household_id": row["household_id"], **PLACES} for row in rows])
    return ranked_households(Ranking.of(kind, 0.5), cohort, features(*rows), 1.05)


def test_an_order_gives_what_a_model_would_but_no_risk():
    """Flood-stricken Luo earns more than Lin and is visited first; the flood is named as the cause."""
    rows = (
        {"household_id": "lin", "resources_over_line": 1.6},
        {"household_id": "luo", "resources_over_line": 1.7, "n_disasters_12m": 1.0},
    )
    table = ranked("rules", *rows)
    assert set(table.columns) == set(explained("H1")) - {*FORECASTS, "main_cause_confidence"}
    assert table["rank_in_county"].to_list() == [2, 1]
    assert table["main_cause"].to_list() == [None, "disaster"]
    for missing in ("risk", "fresh_income", "fresh_disaster"):
        assert table[missing].null_count() == len(rows)
    assert ranked("income", *rows)["rank_in_county"].to_list() == [1, 2]


def test_equal_households_are_numbered_by_id_and_parts_add_up():
    rows = [{"household_id": name, "resources_over_line": 2.0} for name in ("b", "a")]
    table = ranked("income", *rows)
    assert table.select("household_id", "rank_in_county").rows() == [("a", 1), ("b", 2)]
    score = table.select(pl.sum_horizontal("base_margin", *(f"phi_{group}" for group in GROUPS)))
    assert score.to_series().to_list() == pytest.approx([-0.6931471805599453] * 2)
