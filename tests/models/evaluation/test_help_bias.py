from datetime import date

import numpy as np
import polars as pl
import pytest

from models.evaluation.declaration import metrics_of
from models.evaluation.help_bias import (
    BEGUN,
    GROUPS,
    HELP,
    NONE,
    RUNNING,
    by_help,
    with_help,
    without_begun,
)
from models.evaluation.leaderboard import leaderboard
from models.evaluation.metrics.ranking import Ranking
from models.evaluation.views import At, delivery_headlines
from models.resampling import Bootstrap
from tests.models.judged_rows import judged

DAY, MAY, JULY = date(2023, 12, 31), date(2024, 5, 1), date(2024, 7, 1)
DRAWS = Bootstrap(200, 1)


def named(board):
    """The model's own figures of all, pooled, by name; those of risks as read for the line that came."""
    of_risk = pl.col("metric").is_in([one.name for one in metrics_of("risk")])
    own = board.filter(
        pl.col("model") == pl.when(of_risk).then(pl.lit("risk_came")).otherwise(pl.lit("risk_model")),
        origin="pooled",
        subgroup="all",
        ties="mean",
    )
    rows = own.filter(pl.col("compared_with").is_null())
    names = [At(*key).name for key in rows.select("metric", "list").iter_rows()]
    return rows.with_columns(pl.Series("metric", names))


def helped(n=600, seed=0):
    """Every third household under help; of every fifth help begins inside the window."""
    group = [BEGUN if i % 5 == 0 else RUNNING if i % 3 == 0 else NONE for i in range(n)]
    return judged(n, seed).with_columns(pl.Series(HELP, group))


@pytest.mark.parametrize(
    ("under_help", "began", "seen", "group"),
    [
        (False, None, None, NONE),
        (True, None, JULY, RUNNING),
        (False, MAY, None, BEGUN),
        (True, MAY, JULY, BEGUN),
        (False, JULY, MAY, NONE),
        (True, JULY, MAY, RUNNING),
        (False, MAY, MAY, NONE),
    ],
)
def test_help_counts_as_begun_only_before_the_outcome(under_help, began, seen, group):
    rows = pl.DataFrame(
        {"household_id": ["H1"], "as_of_date": [DAY], "under_help": [under_help], "seen_on": [seen]},
        schema_overrides={"seen_on": pl.Date},
    )
    begun = pl.DataFrame(
        {"household_id": ["H1"], "help_began_on": [began or DAY], "as_of_date": [DAY]}
    ).filter(pl.lit(began is not None))
    found = with_help(rows, begun)
    assert found.columns == ["household_id", "as_of_date", HELP]
    assert found[HELP].item() == group


def test_every_household_is_in_one_group_and_figures_are_the_groups_own():
    rows = helped()
    found = by_help(rows, DRAWS)
    assert found[HELP].to_list() == list(GROUPS)
    assert found["n"].sum() == len(rows)
    own = rows.filter(pl.col(HELP) == BEGUN)
    row = found.filter(pl.col(HELP) == BEGUN).row(0, named=True)
    label = own["label"].cast(pl.Int64).to_numpy()
    auc = Ranking(own["risk_model"].to_numpy(), label).metrics(np.ones((1, len(own))), ())["auc"][0]
    assert row["auc"] == pytest.approx(auc, abs=1e-6)
    assert row["base_rate"] == pytest.approx(label.mean(), abs=1e-6)
    assert row["bias"] == pytest.approx(own["risk_came"].mean() - label.mean(), abs=1e-6)
    assert row["base_rate_low"] < row["base_rate"] < row["base_rate_high"]


def test_a_small_group_and_the_one_that_would_tell_it_are_not_shown():
    few = helped().with_columns(
        pl.when(pl.int_range(pl.len()) < 5).then(pl.lit(BEGUN)).otherwise(pl.lit(NONE)).alias(HELP)
    )
    shown = by_help(few, DRAWS).drop(HELP)
    assert shown.null_count().row(0) == (2,) * len(shown.columns)


def test_a_group_of_which_few_fell_shows_its_size_alone():
    """Fifty are newly helped and two of them fall; the next smallest would tell how many did."""
    turn, label = pl.int_range(pl.len()).over("label"), pl.col("label")
    begun = (label & (turn < 2)) | (~label & (turn < 48))
    running = pl.when(turn % 3 == 0).then(pl.lit(RUNNING)).otherwise(pl.lit(NONE))
    few = judged(3000).with_columns(pl.when(begun).then(pl.lit(BEGUN)).otherwise(running).alias(HELP))
    shown = {row[HELP]: row for row in by_help(few, DRAWS).to_dicts()}
    assert (shown[BEGUN]["n"], shown[BEGUN]["n_positive"], shown[BEGUN]["auc"]) == (50, None, None)
    assert (shown[RUNNING]["n"] > 900, shown[RUNNING]["n_positive"]) == (True, None)
    assert shown[NONE]["n_positive"] > 100


def test_a_group_nobody_is_in_is_left_out():
    alone = by_help(helped().with_columns(pl.lit(NONE).alias(HELP)), DRAWS)
    assert alone.select(HELP, "n").rows() == [(NONE, 600)]


def test_the_figures_of_all_are_those_of_the_leaderboard():
    rows = helped()
    told = named(leaderboard(rows.drop(HELP), DRAWS)).select("metric", "value", "low", "high")
    found = without_begun(rows, DRAWS).select("metric", "value", *("value_low", "value_high"))
    both = found.join(told, on="metric", suffix="_board")
    assert len(both) == len(delivery_headlines())
    assert both["value"].to_list() == pytest.approx(both["value_board"].to_list())
    assert both["value_low"].to_list() == pytest.approx(both["low"].to_list())


def test_the_rest_is_judged_as_if_the_helped_had_no_known_outcome():
    """The list was drawn up of all, so dropping outcomes and dropping rows is the same."""
    rows = helped()
    unknown = rows.with_columns(pl.when(pl.col(HELP) != BEGUN).then(pl.col("label")).alias("label"))
    board = named(leaderboard(unknown.drop(HELP), DRAWS)).rename({"value": "board"})
    found = without_begun(rows, DRAWS).join(board, on="metric")
    assert found["value_without"].to_list() == pytest.approx(found["board"].to_list())
    assert (found["difference"] - (found["value_without"] - found["value"])).abs().max() < 2e-6


def test_without_new_help_nothing_changes():
    nobody = helped().with_columns(pl.lit(NONE).alias(HELP))
    found = without_begun(nobody, DRAWS)
    assert found["difference"].to_list() == [0] * len(delivery_headlines())
    assert found["difference_low"].to_list() == [0] * len(delivery_headlines())
    weighed = found.drop_nulls("value_weighted")
    assert weighed["value_weighted"].to_list() == pytest.approx(weighed["value"].to_list())


def test_weights_bring_back_the_base_rate_where_help_went_by_risk_alone():
    """Help reaches the riskier half with a chance of 0.8; without weights the rest looks safer than all."""
    rows = judged(20_000, seed=3)
    generator = np.random.default_rng(5)
    risky = (rows["risk_model"] > rows["risk_model"].median()).to_numpy()
    got = risky & (generator.random(len(rows)) < 0.8)
    marked = rows.with_columns(pl.Series(HELP, np.where(got, BEGUN, NONE)))
    base = without_begun(marked, Bootstrap(50, 1)).filter(metric="base_rate").row(0, named=True)
    assert base["difference"] < -0.05
    assert base["value_weighted"] == pytest.approx(base["value"], abs=0.015)


def test_everybody_helped_leaves_nothing_to_tell():
    found = without_begun(helped().with_columns(pl.lit(BEGUN).alias(HELP)), DRAWS)
    assert found["value"].null_count() == 0
    assert found["value_without"].null_count() == len(delivery_headlines())


def test_the_order_of_rows_does_not_matter():
    rows = helped()
    for table in (by_help, without_begun):
        assert table(rows, DRAWS).equals(table(rows.sample(fraction=1, shuffle=True, seed=1), DRAWS))
