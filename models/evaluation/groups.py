"""Is the list fair to groups? Rates by group at capacity, in the terms of fairlearn's MetricFrame.

Own sums instead of fairlearn's: a list may hold a part of a tie, and every rate is drawn
again by village.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from models.arrays import Floats, Integers
from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.board import MODEL
from models.evaluation.capacity_lists import capacity_list, list_as_given
from models.evaluation.disclosure import is_hidden
from models.evaluation.equal_risk import risk_bands
from models.evaluation.group_rates import CELLS, gaps_of_group, rates_of_group, recall_of_group
from models.evaluation.leaderboard import rows_of
from models.names import POOLED
from models.resampling import Bootstrap, Resampling

#: The group of the outcome: known only of those who fell, so it has no rates but recall.
FALLEN_AS = "fallen_as"
COUNTS = {"n": pl.Int64(), "n_positive": pl.Int64()}
FIGURES = (
    "base_rate",
    "mean_risk",
    "bias",
    "slope",
    "selection_rate",
    "recall_at_capacity",
    "recall_low",
    "recall_high",
    "recall_gap",
    "recall_gap_low",
    "recall_gap_high",
    "recall_gap_expected",
    "precision_at_capacity",
    "exclusion_error",
    "false_positive_rate",
    "omission_rate",
    "omission_gap",
    "omission_gap_low",
    "omission_gap_high",
    "equal_risk_gap",
    "equal_risk_gap_low",
    "equal_risk_gap_high",
)
GROUPS = ("origin", "group", "value", *COUNTS, *FIGURES)
DIFFERENCES = (
    "group",
    "demographic_parity_difference",
    "true_positive_rate_difference",
    "false_positive_rate_difference",
    "equalized_odds_difference",
)
_SCHEMA = {
    "origin": pl.String(),
    "group": pl.String(),
    "value": pl.String(),
    **COUNTS,
    **dict.fromkeys(CELLS, pl.Float64()),
    **dict.fromkeys(FIGURES, pl.Float64()),
}


def audit(judged: pl.DataFrame, bootstrap: Bootstrap, bands: int, flag: str | None = None) -> pl.DataFrame:
    """Judge a list at capacity in every group, pooled first, then season by season.

    Parameters
    ----------
    judged : DataFrame
        As `models.evaluation.leaderboard.leaderboard` wants it, and text columns `ATTRIBUTES` and
        ``fallen_as``.
    bootstrap : Bootstrap
        Draws of clusters.
    bands : int
        Bands of risk within which a group is held against the others.
    flag : str, optional
        Column that flags the list to judge, such as the delivered one; the list by risk alone
        without it.

    Returns
    -------
    DataFrame
        `GROUPS`, six decimals. ``selection_rate`` is the share listed (as expected over ties),
        ``recall_at_capacity`` the true positive rate, ``exclusion_error`` the false negative rate;
        ``recall_gap`` is the recall of the group minus that of all others, in percentage points, with its
        95 % interval; ``recall_gap_expected`` is the gap there would be if every risk were exactly right,
        so that only differences of the risks themselves are behind it. ``omission_rate`` is the share of
        the unlisted who fell (false omission rate), ``omission_gap`` that of the group less that of all
        others, and ``equal_risk_gap`` how much more of the group's expected falls is listed than of
        others in the same band of the model's risk, both in points. Of the groups of the outcome only
        recall is known. Where one of the cells behind a rate is small (models.evaluation.disclosure), a
        group shows its size alone, and a small size is not shown either; where one value of a group is
        hidden, the next smallest is, or it could be told by subtraction, and what is hidden in one season
        is hidden in all. An attribute nobody or everybody has is left out.
    """
    unneeded = (name for name in judged.columns if name not in (*_NEEDED, flag))
    ordered = judged.drop(*unneeded).sort("origin", "household_id")
    origins = ordered["origin"].unique().sort().to_list()
    made = list_as_given(ordered, flag) if flag else capacity_list(ordered, MODEL)
    listed = made.now.mean
    pooled = _audited(ordered, listed, POOLED, bootstrap, bands)
    seasons = pl.concat([_audited(ordered, listed, origin, bootstrap, bands) for origin in origins])
    return pl.concat([pooled, _hidden_alike(seasons)]).select(GROUPS)


def differences(groups: pl.DataFrame) -> pl.DataFrame:
    """Sum up an attribute by the largest difference between its values, pooled.

    Returns
    -------
    DataFrame
        `DIFFERENCES`: of the selection rate (demographic parity), of the true and the false
        positive rate, and the larger of the two (equalized odds); missing where a value of
        the attribute is not shown.
    """
    rows = groups.filter(pl.col("origin") == POOLED, pl.col("group") != FALLEN_AS)
    rates = {
        "demographic_parity_difference": "selection_rate",
        "true_positive_rate_difference": "recall_at_capacity",
        "false_positive_rate_difference": "false_positive_rate",
    }
    known = rows.group_by("group", maintain_order=True).agg(
        pl.when(pl.col(rate).null_count() == 0)
        .then(pl.col(rate).max() - pl.col(rate).min())
        .round(6)
        .alias(name)
        for name, rate in rates.items()
    )
    both = pl.max_horizontal("true_positive_rate_difference", "false_positive_rate_difference")
    return known.with_columns(both.alias("equalized_odds_difference")).select(DIFFERENCES)


def _audited(
    judged: pl.DataFrame, listed: Floats, origin: str, bootstrap: Bootstrap, bands: int
) -> pl.DataFrame:
    at = rows_of(judged, (origin, "all"))
    rows = judged[at]
    resamples = bootstrap.resamples if origin == POOLED else 0
    drawn = Resampling(rows["cluster"], resamples, bootstrap.seed)
    band = risk_bands(rows[MODEL].to_numpy(), bands)
    lines = [
        {
            "origin": origin,
            "group": group,
            "value": value,
            **_row(rows, listed[at], band, group, value, drawn),
        }
        for group in (*ATTRIBUTES, FALLEN_AS)
        for value in _values(rows, group)
    ]
    return _suppressed(pl.DataFrame(lines, schema=_SCHEMA)).with_columns(pl.col(FIGURES).round(6))


def _values(rows: pl.DataFrame, group: str) -> Iterable[str]:
    values: Sequence[str] = rows[group].drop_nulls().unique().sort().to_list()
    return values if len(values) > 1 else ()


def _row(
    rows: pl.DataFrame, listed: Floats, band: Integers, group: str, value: str, drawn: Resampling
) -> dict[str, float | None]:
    label = rows["label"].cast(pl.Int64).to_numpy()
    own = (rows[group] == value).fill_null(value=False).to_numpy()
    rest = rows[group].is_not_null().to_numpy() & ~own
    recall = {"n": int(own.sum()), **recall_of_group(listed, label, own, rest, drawn)}
    if group == FALLEN_AS:
        return recall
    risk = rows[MODEL].to_numpy()
    return (
        recall
        | rates_of_group(risk, listed, label, own, rest)
        | gaps_of_group(listed, label, risk, band, own, rest, drawn)
    )


def _suppressed(table: pl.DataFrame) -> pl.DataFrame:
    """Take out what is small or would bring a small count back."""
    by_outcome = pl.col("group") == FALLEN_AS  # nobody of them held out, none is a false alarm
    rounded = table.with_columns(
        pl.when(~by_outcome).then(pl.col("held", "false_alarms", "passed_over")),
        pl.col("hits", "missed").round(6),
    )
    small = [is_hidden(cell, "group", "value") for cell in ("n_positive", *CELLS)]
    hidden = rounded.with_columns(
        is_hidden("n", "group", "value").alias("no_size"), pl.any_horizontal(small).alias("no_rates")
    )
    has_size = ~pl.col("no_size")
    return hidden.with_columns(
        pl.when(has_size).then(pl.col("n")),
        pl.when(has_size & ~pl.col("no_rates")).then(pl.col("n_positive", *FIGURES)),
    )


def _hidden_alike(seasons: pl.DataFrame) -> pl.DataFrame:
    """Hide in every season what is hidden in one: the others would tell it from the pooled row."""
    value = ["group", "value"]
    every = {name: pl.col(name).is_not_null().all().over(value) for name in COUNTS}
    return seasons.with_columns(
        pl.when(every["n"]).then(pl.col("n")),
        pl.when(every["n_positive"]).then(pl.col("n_positive", *FIGURES)),
    )


_NEEDED = (
    "household_id",
    "origin",
    "is_return",
    "label",
    "cluster",
    "place",
    "visits",
    MODEL,
    *ATTRIBUTES,
    FALLEN_AS,
)
