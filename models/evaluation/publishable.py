"""Which figures may be published: none a small count could be told from, and none nobody declared."""

import polars as pl

from models.evaluation.declaration import LISTED, TIES, declared_metrics
from models.evaluation.disclosure import SMALL, is_hidden
from models.names import POOLED


def publishable(board: pl.DataFrame) -> pl.DataFrame:
    """Take values out of a leaderboard that would tell a count of `SMALL` or fewer.

    Such are all figures where so few fell, or did not, or belong to those who were never
    poor; and every figure by whose declared counts (`models.evaluation.declaration.Metric`) one so
    small can be told, in the list of either model. Nothing is shown of a metric that is not
    declared or declares no counts, nor where a count it needs is not known.

    Returns
    -------
    DataFrame
        `board` with ``value, low, high`` missing there.
    """
    own, other = (_large_cells(board, side) for side in ("model", "compared_with"))
    fell = board.filter(subgroup="all").group_by("origin").agg(pl.col("n_positive").first().alias("of_all"))
    cells = board.join(own, on=[*_LINE, "list"], how="left", nulls_equal=True, maintain_order="left")
    keys = ["origin", "subgroup", "compared_with", "list"]
    cells = cells.join(other, on=keys, how="left", nulls_equal=True, maintain_order="left")
    cells = cells.join(fell, on="origin", how="left", maintain_order="left")
    never_poor = pl.col("of_all") - pl.col("n_positive")
    is_shown = pl.all_horizontal(
        pl.col("metric").is_in([one.name for one in declared_metrics() if one.disclosed_by]),
        pl.col("n_positive") > SMALL,
        pl.col("n") - pl.col("n_positive") > SMALL,
        (pl.col("subgroup") == "all") | ~never_poor.is_between(1, SMALL),
        *(_is_large_where_needed(cell) for cell in LISTED),
    ).fill_null(value=False)
    return cells.with_columns(pl.when(is_shown).then(pl.col("value", "low", "high"))).select(board.columns)


def publishable_shares(at_shares: pl.DataFrame, board: pl.DataFrame) -> pl.DataFrame:
    """Take the lists of `models.evaluation.evaluation_tables.at_shares` out that have a small cell.

    Parameters
    ----------
    at_shares : DataFrame
        Of the households the pooled rows of `board` are of.
    board : DataFrame
        The leaderboard.
    """
    pooled = board.filter(origin=POOLED).group_by("subgroup").agg(pl.col("n_positive").first())
    lists = at_shares.join(pooled, on="subgroup", how="left", maintain_order="left")
    figures = pl.exclude("subgroup", "model", "share_percent", "n_positive")
    published = lists.with_columns(pl.when(pl.all_horizontal(large_cells().values())).then(figures))
    return published.select(at_shares.columns)


def publishable_bins(reliability: pl.DataFrame) -> pl.DataFrame:
    """Take out of `models.evaluation.evaluation_tables.reliability` what a small count could be told from.

    Of such a bin its size and mean risk are left.
    """
    held = (pl.col("n") - pl.col("n_positive")).alias("held")
    marked = reliability.with_columns(pl.lit("all").alias("whole"), held)
    is_small = is_hidden("n_positive", "whole", "bin") | is_hidden("held", "whole", "bin")
    kept = ("bin", "n", "mean_risk", "whole", "held")
    return marked.with_columns(pl.when(~is_small).then(pl.exclude(kept))).select(reliability.columns)


_LINE = ["origin", "subgroup", "model"]


def _is_large_where_needed(cell: str) -> pl.Expr:
    needed = pl.col("metric").is_in([one.name for one in declared_metrics() if cell in one.disclosed_by])
    own, other = (pl.col(f"{cell}_of_{side}").fill_null(value=False) for side in ("model", "compared_with"))
    return ~needed | (own & (other | pl.col("compared_with").is_null()))


def _large_cells(board: pl.DataFrame, side: str) -> pl.DataFrame:
    """Tell of each model's lists which cells are large, the model's column named `side`."""
    value, metric = pl.col("value"), pl.col("metric")
    lists = board.filter(pl.col("compared_with").is_null(), pl.col("list").is_not_null(), ties=TIES[0])
    counted = lists.group_by(*_LINE, "list").agg(
        pl.col("n_positive").first(),
        *(value.filter(metric == name).first().alias(name) for name in ("recall", "precision")),
    )
    large = (is_large.alias(f"{cell}_of_{side}") for cell, is_large in large_cells().items())
    return counted.select("origin", "subgroup", pl.col("model").alias(side), "list", *large)


def large_cells() -> dict[str, pl.Expr]:
    """Tell which of `LISTED` are large, from ``recall``, ``precision`` and ``n_positive`` of a list."""
    hits = pl.col("recall") * pl.col("n_positive")
    cells = (hits, pl.col("n_positive") - hits, hits / pl.col("precision") - hits)
    return {
        name: (cell.is_finite() & (cell.round(3) > SMALL)).fill_null(value=False)
        for name, cell in zip(LISTED, cells, strict=True)
    }
