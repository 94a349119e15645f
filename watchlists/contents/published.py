"""The evaluation as data: no more than the report tells, counts and figures rounded."""

from collections.abc import Mapping

import polars as pl

from models.evaluation.declaration import declared_metrics
from models.evaluation.disclosure import NEAREST, SMALL
from watchlists.contents.tables import METRIC, tables

#: Table of a release -> table of the evaluation.
SOURCES = {"figures": "leaderboard", "bins": "reliability", "shares": "precision_at_share"}
BOUNDED = ("value", "low", "high")
#: Decimals of figures that no metric declares its own for.
DECIMALS = 4


def published_tables(evaluation: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give the tables of the evaluation as a release holds them.

    Parameters
    ----------
    evaluation : mapping of str to DataFrame
        Small cells are out already (`models.evaluation.publishable`); what is lacking has no row.

    Returns
    -------
    dict of str to DataFrame
        ``metrics`` and `SOURCES`. What no rule of disclosure goes over is not among them.
    """
    of_source = {name: evaluation.get(source, pl.DataFrame()) for name, source in SOURCES.items()}
    shaped = {name: tables()[name].shaped(rows) for name, rows in of_source.items()}
    rounded = {name: _counts_rounded(rows) for name, rows in shaped.items()}
    rounded["figures"] = _to_declared_digits(rounded["figures"])
    for name in ("bins", "shares"):
        rounded[name] = rounded[name].with_columns(pl.col(pl.Float64).round(DECIMALS))
    return {"metrics": metric_rows(), **rounded}


def metric_rows() -> pl.DataFrame:
    """List the declared metrics (ADR 18)."""
    rows = [{name: getattr(one, name) for name in METRIC} for one in declared_metrics()]
    texts = [{**row, "aim": None if row["aim"] is None else str(row["aim"])} for row in rows]
    return pl.DataFrame(texts, schema=tables()["metrics"].schema)


def _counts_rounded(rows: pl.DataFrame) -> pl.DataFrame:
    """Round counts as `models.evaluation.disclosure.rounded` does; small ones are missing."""
    if "n" not in rows.columns:
        return rows
    n, fell = pl.col("n"), pl.col("n_positive")
    nearest = ((pl.col("n", "n_positive") + NEAREST / 2) // NEAREST * NEAREST).cast(pl.Int64)
    hidden = pl.when(n > SMALL).then(n).alias("n"), pl.when((fell > SMALL) & (n - fell > SMALL)).then(fell)
    return rows.with_columns(hidden).with_columns(nearest)


def _to_declared_digits(figures: pl.DataFrame) -> pl.DataFrame:
    """Round every figure to what its metric is shown with; what no metric declares is missing."""
    by_digits: dict[int, list[str]] = {}
    for one in declared_metrics():
        by_digits.setdefault(one.digits, []).append(one.name)
    cell = pl.coalesce(
        *(
            pl.when(pl.col("metric").is_in(names)).then(pl.col(BOUNDED).round(digits))
            for digits, names in by_digits.items()
        )
    )
    return figures.with_columns(cell)
