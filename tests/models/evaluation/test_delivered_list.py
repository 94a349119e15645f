import polars as pl
import pytest

from models.evaluation.delivered_list import BY_RISK, DELIVERED, figures_of_list, judged_lists
from models.evaluation.leaderboard import leaderboard
from models.resampling import Bootstrap
from tests.models.judged_rows import judged
from tests.models.listed_rows import listed

FEW = Bootstrap(40, 1)


@pytest.fixture(scope="module")
def found():
    return judged_lists(listed(), FEW)


def pooled(found, name):
    return found.filter(origin="pooled", list=name).row(0, named=True)


def test_every_figure_is_what_a_plain_count_gives(found):
    rows = listed()
    chosen, fell = rows["is_listed"].to_numpy(), rows["label"].to_numpy()
    risk, lead = rows["risk_model"].to_numpy(), rows["lead_months"].to_numpy()
    plain = {
        "listed": chosen.sum(),
        "known": chosen.sum(),
        "found": (chosen & fell).sum(),
        "fell": fell.sum(),
        "precision": fell[chosen].mean(),
        "recall": chosen[fell].mean(),
        "exclusion_error": 1 - chosen[fell].mean(),
        "omission_rate": fell[~chosen].mean(),
        "lift": fell[chosen].mean() / fell.mean(),
        "lead_months": lead[chosen & fell].mean(),
        "promised": risk[chosen].mean(),
        "error": risk[chosen].mean() - fell[chosen].mean(),
    }
    row = pooled(found, DELIVERED)
    assert {name: row[name] for name in plain} == pytest.approx(plain, abs=1e-6)
    assert row["precision_low"] < row["precision"] < row["precision_high"]


def test_the_list_by_risk_alone_is_that_of_the_leaderboard(found):
    rows = judged(600).with_columns(visits=60)
    board = leaderboard(rows, FEW).filter(
        pl.col("compared_with").is_null(),
        origin="pooled",
        subgroup="all",
        model="risk_model",
        list="capacity",
        ties="mean",
    )
    row = pooled(found, BY_RISK)
    same = {name: tuple(rest) for name, *rest in board.select("metric", "value", "low", "high").iter_rows()}
    for name in ("precision", "recall", "lift", "omission_rate", "lead_months"):
        assert tuple(row[f"{name}{end}"] for end in ("", "_low", "_high")) == pytest.approx(
            same[name], abs=1e-6
        )


def test_every_season_stands_apart(found):
    assert found["origin"].to_list() == ["2024Q1"] * 2 + ["2024Q2"] * 2 + ["pooled"] * 2
    seasons = found.filter(pl.col("origin") != "pooled", list=DELIVERED)
    assert seasons["found"].sum() == pooled(found, DELIVERED)["found"]


def test_an_outcome_that_is_not_known_uses_a_visit_and_counts_as_nothing():
    """The first season is listed, and nobody knows what came of it yet: a season without figures."""
    rows = listed().with_columns(pl.when(pl.col("origin") == "2024Q2").then("label").alias("label"))
    found = judged_lists(rows, FEW).filter(origin="2024Q1", list=DELIVERED).row(0, named=True)
    assert (found["listed"], found["known"], found["found"]) == (120, 0, 0)
    assert [found[name] for name in figures_of_list()] == [None] * len(figures_of_list())
