"""What features look like, without any label: coverage, drift between seasons, redundancy."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import rankdata, wasserstein_distance

from models.arrays import Floats

#: A bin that is empty on one side counts as this share, so that PSI stays finite.
EMPTY_BIN = 1e-4


def coverage(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Share of households with a value, at every date.

    Parameters
    ----------
    frame : DataFrame
        ``as_of_date`` and the features.
    names : sequence of str
        Features.

    Returns
    -------
    DataFrame
        ``feature, as_of_date, n, coverage, zero_share, n_values`` (distinct values);
        `zero_share` is of the known ones and missing where there are none.
    """
    counts = frame.group_by("as_of_date").agg(
        pl.len().alias("n"),
        *(pl.col(one).is_not_null().mean().alias(f"{one}:coverage") for one in names),
        *((pl.col(one) == 0).mean().alias(f"{one}:zero_share") for one in names),
        *(pl.col(one).drop_nulls().n_unique().cast(pl.Float64).alias(f"{one}:n_values") for one in names),
    )
    long = counts.unpivot(index=["as_of_date", "n"]).with_columns(
        pl.col("variable").str.split_exact(":", 1).struct.rename_fields(["feature", "measure"]).alias("of")
    )
    wide = long.unnest("of").pivot("measure", index=["feature", "as_of_date", "n"], values="value")
    order = pl.DataFrame({"feature": list(names), "place": range(len(names))})
    return wide.join(order, on="feature").sort("place", "as_of_date").drop("place")


def drift(before: pl.DataFrame, after: pl.DataFrame, names: Sequence[str], bins: int) -> pl.DataFrame:
    """Compare each feature's values in two seasons.

    Parameters
    ----------
    before, after : DataFrame
        The households of either season.
    names : sequence of str
        Features.
    bins : int
        Quantile bins of the earlier season; what is missing is a bin of its own.

    Returns
    -------
    DataFrame
        ``feature, psi, wasserstein``: the population stability index (0.1 is small, 0.25
        large by custom), and the Wasserstein distance of the known values in standard
        deviations of the earlier season; missing without known values on both sides.

    Examples
    --------
    >>> same = pl.DataFrame({"x": [1.0, 2.0, 3.0, None]})
    >>> drift(same, same, ["x"], 2).row(0)
    ('x', 0.0, 0.0)
    """
    rows = [(one, *_drift(_values(before, one), _values(after, one), bins)) for one in names]
    return pl.DataFrame(rows, schema=["feature", "psi", "wasserstein"], orient="row")


#: Variance of ranks within (0, 1] that a column without any has from rounding, at the most.
ROUNDING = 1e-12


def redundancy(frame: pl.DataFrame, names: Sequence[str], least: float) -> pl.DataFrame:
    """List pairs of features that rank households alike.

    Parameters
    ----------
    frame : DataFrame
        One season's households.
    names : sequence of str
        Features.
    least : float
        Smallest absolute Spearman correlation to list.

    Returns
    -------
    DataFrame
        ``feature, other, spearman, n``, the closest first. Ranks are those among a
        feature's own known values; the correlation is over rows where both are known.
    """
    ranks = np.column_stack([_ranks(_values(frame, one)) for one in names])
    correlation, together = _pairwise(ranks)
    upper = np.triu(np.abs(np.nan_to_num(correlation)) >= least, 1)
    rows = [
        (names[i], names[j], round(float(correlation[i, j]), 6), int(together[i, j]))
        for i, j in zip(*np.nonzero(upper), strict=True)
    ]
    schema = {"feature": pl.String, "other": pl.String, "spearman": pl.Float64, "n": pl.Int64}
    pairs = pl.DataFrame(rows, schema=schema, orient="row")
    return pairs.sort(pl.col("spearman").abs(), descending=True, maintain_order=True)


def families(names: Sequence[str], pairs: pl.DataFrame) -> list[list[str]]:
    """Join features that are redundant with one another, directly or through others.

    Examples
    --------
    >>> families(["a", "b", "c"], pl.DataFrame({"feature": ["a"], "other": ["c"]}))
    [['a', 'c'], ['b']]
    """
    place = {one: i for i, one in enumerate(names)}
    i, j = ([place[one] for one in pairs[column]] for column in ("feature", "other"))
    links = coo_array((np.ones(len(i)), (i, j)), shape=(len(names), len(names)))
    number, family = connected_components(links, directed=False)
    return [[one for one, of in zip(names, family, strict=True) if of == k] for k in range(number)]


def _values(frame: pl.DataFrame, name: str) -> Floats:
    return frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _drift(before: Floats, after: Floats, bins: int) -> tuple[float, float | None]:
    known, then = before[~np.isnan(before)], after[~np.isnan(after)]
    edges = np.unique(np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1])) if len(known) else np.array([])
    expected, observed = (_shares(values, edges) for values in (before, after))
    psi = float(np.sum((observed - expected) * np.log(observed / expected)))
    if not len(known) or not len(then):
        return round(psi, 6), None
    spread = float(np.std(known)) or 1.0
    return round(psi, 6), round(float(wasserstein_distance(known, then)) / spread, 6)


def _shares(values: Floats, edges: Floats) -> Floats:
    known = values[~np.isnan(values)]
    counts = np.bincount(np.searchsorted(edges, known, side="left"), minlength=len(edges) + 1)
    return np.maximum(np.r_[counts, len(values) - len(known)] / max(len(values), 1), EMPTY_BIN)


def _ranks(values: Floats) -> Floats:
    known = ~np.isnan(values)
    ranks = np.full(len(values), np.nan)
    ranks[known] = rankdata(values[known]) / max(known.sum(), 1)
    return ranks


def _pairwise(columns: Floats) -> tuple[Floats, Floats]:
    """Correlate every two columns over the rows where both are known."""
    known = (~np.isnan(columns)).astype(np.float64)
    filled = np.nan_to_num(columns)
    together = known.T @ known
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (filled.T @ known) / together
        variance = (filled**2).T @ known / together - mean**2
        shared = filled.T @ filled / together - mean * mean.T
        varied = (variance > ROUNDING) & (variance.T > ROUNDING) & (together > 2)
        correlation = np.where(varied, shared / np.sqrt(variance * variance.T), np.nan)
    return np.clip(correlation, -1, 1), together
