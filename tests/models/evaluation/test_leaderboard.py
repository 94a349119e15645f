import polars as pl
import pytest

from models.evaluation.board import CAME
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.declaration import NO_LIST, OWN_LENGTH, TIES, declared_metrics, metrics_of
from models.evaluation.leaderboard import leaderboard, models_of
from models.evaluation.views import At, compared_figures
from models.resampling import Bootstrap
from tests.models.judged_rows import judged

FEW = Bootstrap(20, 1)


def figures(board, model="risk_model", origin="pooled", subgroup="all", compared_with=None):
    pair = pl.col("compared_with").eq_missing(pl.lit(compared_with))
    rows = board.filter(pair, origin=origin, subgroup=subgroup, model=model, ties="mean")
    return {At(*key).name: value for *key, value in rows.select("metric", "list", "value").iter_rows()}


def test_every_origin_subgroup_and_model_is_reported():
    board = leaderboard(judged(), FEW)
    cells = board.select("origin", "subgroup").unique().sort("origin", "subgroup").rows()
    assert cells == [(o, s) for o in ("2024Q1", "2024Q2", "pooled") for s in ("all", "return")]
    assert {"risk_model", "risk_came", "income_over_line", "logistic", "base_rate", "alerts"} == set(
        board["model"]
    )


def test_the_risk_for_the_rise_that_came_is_judged_as_a_risk_and_lists_nobody():
    board = leaderboard(judged(), FEW)
    rows = board.filter((pl.col("model") == CAME) | (pl.col("compared_with") == CAME))
    assert set(rows["metric"]) == {one.name for one in metrics_of("risk")}
    assert rows["compared_with"].null_count() == len(rows)
    of_came, label = judged()["risk_came"].mean(), judged()["label"].mean()
    assert figures(board, CAME)["relative_bias"] == pytest.approx(of_came / label - 1, abs=1e-6)


def test_without_such_a_reading_there_is_none():
    assert CAME not in leaderboard(judged().drop(CAME), FEW)["model"]


def test_whatever_score_columns_there_are_are_judged():
    rows = judged().with_columns(blend=pl.col("risk_model") / 2, oddity=pl.col("logistic") * 3)
    assert models_of(rows)[-2:] == ["blend", "oddity"]
    board = leaderboard(rows, FEW)
    assert figures(board, "blend")["auc"] == figures(board)["auc"]
    assert "brier_skill" in figures(board, "blend")
    assert "brier_skill" not in figures(board, "oddity")


def test_paired_differences_are_differences():
    board = leaderboard(judged(), FEW)
    own, other = figures(board), figures(board, "logistic")
    found = figures(board, compared_with="logistic")
    assert list(found) == [one.name for one in compared_figures()]
    for name, value in found.items():
        assert value == pytest.approx(own[name] - other[name], abs=2e-6)


def test_every_declared_metric_stands_on_the_board_with_its_lists_and_orders_of_ties():
    board = leaderboard(judged(), FEW).filter(pl.col("compared_with").is_null())
    told = set(board.select("metric", "list", "ties").unique().iter_rows())
    assert told == {
        (one.name, on, ties)
        for one in declared_metrics()
        for on in one.lists or NO_LIST
        for ties in (TIES if one.ties and on != OWN_LENGTH else TIES[:1])
    }


def test_intervals_contain_their_value():
    board = leaderboard(judged(), Bootstrap(100, 1)).filter(
        pl.col("compared_with").is_null(),
        (pl.col("metric") == "auc") | ((pl.col("metric") == "recall") & (pl.col("list") == "capacity")),
        model="risk_model",
    )
    assert len(board) == 12
    assert (board["low"] < board["value"]).all()
    assert (board["value"] < board["high"]).all()


def test_the_order_of_rows_changes_nothing():
    rows = judged()
    shuffled = rows.sample(fraction=1, shuffle=True, seed=5)
    assert leaderboard(shuffled, FEW).equals(leaderboard(rows, FEW))


def test_two_threads_give_the_bytes_of_one():
    assert leaderboard(judged(), FEW, 2).write_csv() == leaderboard(judged(), FEW, 1).write_csv()


def test_where_nobody_fell_the_value_is_missing_not_made_up():
    board = leaderboard(judged().with_columns(label=pl.lit(value=False)), Bootstrap(5, 1))
    auc = board.filter(pl.col("metric") == "auc")
    assert auc["value"].null_count() == len(auc) > 0
    assert set(board["n_positive"]) == {0}


def test_at_capacity_every_township_gets_its_visits_in_every_season():
    """Twelve visits in each of two townships, two seasons: 48 of 300 households."""
    rows = judged().sort("origin", "household_id")
    listed = rows.with_columns(pl.Series("listed", capacity_list(rows, "risk_model").now.mean))
    assert set(listed.group_by("origin", "place").agg(pl.col("listed").sum())["listed"]) == {12.0}
    found = figures(leaderboard(rows, FEW))
    assert found["share_at_capacity"] == pytest.approx(48 / 300)
    hits = listed.filter("label")["listed"].sum()
    assert found["precision_at_capacity"] == pytest.approx(hits / 48, abs=1e-6)
    assert found["exclusion_error"] == pytest.approx(1 - hits / rows["label"].sum(), abs=1e-6)


def test_a_household_whose_outcome_is_unknown_uses_a_visit_and_counts_as_nothing():
    """The riskiest household of each township is not seen again: 11 visits are judged of 12."""
    first = pl.col("risk_model") == pl.col("risk_model").max().over("origin", "place")
    unseen = judged().with_columns(label=pl.when(~first).then(pl.col("label")))
    board = leaderboard(unseen, FEW)
    assert figures(board)["share_at_capacity"] == pytest.approx(44 / 296, abs=1e-6)
    assert set(board.filter(origin="pooled", subgroup="all")["n"]) == {296}


def test_a_rule_is_also_judged_at_its_own_length():
    board = leaderboard(judged(), FEW)
    rows, found = judged(), figures(board, "alerts")
    spoken = rows.filter(pl.col("alerts") > 0)
    assert found["share_at_own_length"] == pytest.approx(len(spoken) / 300, abs=1e-6)
    assert found["precision_at_own_length"] == pytest.approx(spoken["label"].mean(), abs=1e-6)
    assert "share_at_own_length" not in figures(board)


def test_the_overlap_is_the_share_of_this_seasons_list_that_was_on_the_last():
    board = leaderboard(judged(), FEW)
    rows = judged().sort("origin", "household_id")
    listed = rows.with_columns(pl.Series("listed", capacity_list(rows, "risk_model").now.mean)).filter(
        pl.col("listed") > 0
    )
    before, now = (set(listed.filter(origin=one)["household_id"]) for one in ("2024Q1", "2024Q2"))
    assert figures(board, origin="2024Q1")["list_overlap"] is None
    for origin in ("2024Q2", "pooled"):
        assert figures(board, origin=origin)["list_overlap"] == pytest.approx(
            len(before & now) / 24, abs=1e-6
        )


def test_a_single_season_is_judged_without_an_overlap():
    board = leaderboard(judged().filter(pl.col("origin") == "2024Q1"), FEW)
    assert board["origin"].unique().sort().to_list() == ["2024Q1", "pooled"]
    assert figures(board)["list_overlap"] is None
    assert figures(board)["precision_at_capacity"] is not None
