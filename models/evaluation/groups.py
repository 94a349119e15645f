"""Is the list fair to groups? Rates by group at capacity, in the terms of fairlearn's MetricFrame.

Own sums instead of fairlearn's: a list may hold a part of a tie, and every rate is drawn
again by village.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from models.arrays import Flags, Floats, Integers
from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.board import MODEL
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.disclosure import is_hidden
from models.evaluation.leaderboard import rows_of
from models.evaluation.metrics.risk import Risks, base_rate, bias, mean_risk, slope
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, interval

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
)
GROUPS = ("origin", "group", "value", *COUNTS, *FIGURES)
DIFFERENCES = (
    "group",
    "demographic_parity_difference",
    "true_positive_rate_difference",
    "false_positive_rate_difference",
    "equalized_odds_difference",
)
#: Cells that a rate could be turned back into; none may be small where it is shown.
CELLS = ("held", "hits", "missed", "false_alarms")
_SCHEMA = {
    "origin": pl.String(),
    "group": pl.String(),
    "value": pl.String(),
    **COUNTS,
    **dict.fromkeys(CELLS, pl.Float64()),
    **dict.fromkeys(FIGURES, pl.Float64()),
}
#: Percentage points.
POINTS = 100


def audit(judged: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Judge the list at capacity in every group, pooled first, then season by season.

    Parameters
    ----------
    judged : DataFrame
        As `models.evaluation.leaderboard.leaderboard` wants it, and text columns `ATTRIBUTES` and
        ``fallen_as``.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        `GROUPS`, six decimals. ``selection_rate`` is the share listed (as expected over
        ties), ``recall_at_capacity`` the true positive rate, ``exclusion_error`` the false
        negative rate; ``recall_gap`` is the recall of the group minus that of all others,
        in percentage points, with its 95 % interval; ``recall_gap_expected`` is the gap there
        would be if every risk were exactly right, so that only differences of the risks
        themselves are behind it. Of the groups of the outcome only recall is known. Where one
        of the cells behind a rate is small (models.evaluation.disclosure), a group shows its size alone,
        and a small size is not shown either; where one value of a group is hidden, the next
        smallest is, or it could be told by subtraction, and what is hidden in one season is
        hidden in all. An attribute nobody or everybody has is left out.
    """
    ordered = judged.drop(*(name for name in judged.columns if name not in _NEEDED)).sort(
        "origin", "household_id"
    )
    origins = ordered["origin"].unique().sort().to_list()
    listed = capacity_list(ordered, MODEL).now.mean
    pooled = _audited(ordered, listed, POOLED, bootstrap)
    seasons = pl.concat([_audited(ordered, listed, origin, bootstrap) for origin in origins])
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


def _audited(judged: pl.DataFrame, listed: Floats, origin: str, bootstrap: Bootstrap) -> pl.DataFrame:
    at = rows_of(judged, (origin, "all"))
    rows = judged[at]
    resamples = bootstrap.resamples if origin == POOLED else 0
    drawn = Resampling(rows["cluster"], resamples, bootstrap.seed)
    lines = [
        {"origin": origin, "group": group, "value": value, **_row(rows, listed[at], group, value, drawn)}
        for group in (*ATTRIBUTES, FALLEN_AS)
        for value in _values(rows, group)
    ]
    return _suppressed(pl.DataFrame(lines, schema=_SCHEMA)).with_columns(pl.col(FIGURES).round(6))


def _values(rows: pl.DataFrame, group: str) -> Iterable[str]:
    values: Sequence[str] = rows[group].drop_nulls().unique().sort().to_list()
    return values if len(values) > 1 else ()


def _row(
    rows: pl.DataFrame, listed: Floats, group: str, value: str, drawn: Resampling
) -> dict[str, float | None]:
    label = rows["label"].cast(pl.Int64).to_numpy()
    is_known = rows[group].is_not_null().to_numpy()
    own = (rows[group] == value).fill_null(value=False).to_numpy()
    figures = _recall(listed, label, own, is_known & ~own)
    spread = drawn.spread(figures)
    recall, gap = spread["own"], POINTS * (spread["own"] - spread["rest"])
    counts = {"n": int(own.sum()), "n_positive": int(label[own].sum())} | _cells(listed[own], label[own])
    bounds = zip(("recall", "recall_gap"), (interval(one) for one in (recall, gap)), strict=True)
    return {
        **counts,
        **({} if group == FALLEN_AS else _rates(rows, listed, label, own)),
        **({} if group == FALLEN_AS else _expected_gap(rows[MODEL].to_numpy(), listed, own, is_known & ~own)),
        "recall_at_capacity": figures["own"].value,
        "exclusion_error": 1 - figures["own"].value,
        "recall_gap": POINTS * (figures["own"].value - figures["rest"].value),
        **{
            f"{name}_{end}": one
            for name, pair in bounds
            for end, one in zip(("low", "high"), pair, strict=True)
        },
    }


def _cells(listed: Floats, label: Integers) -> dict[str, float]:
    """Count the cells the rates could be turned back into."""
    return {
        "held": float((1 - label).sum()),
        "hits": float((listed * label).sum()),
        "missed": float(((1 - listed) * label).sum()),
        "false_alarms": float((listed * (1 - label)).sum()),
    }


def _expected_gap(risk: Floats, listed: Floats, own: Flags, rest: Flags) -> dict[str, float]:
    """Let every household fall with the chance the model gives it."""
    recall = [Figure(listed[chosen] * risk[chosen], risk[chosen]).value for chosen in (own, rest)]
    return {"recall_gap_expected": POINTS * (recall[0] - recall[1])}


def _recall(listed: Floats, label: Integers, own: Flags, rest: Flags) -> Figures:
    return {
        name: Figure(listed * label * chosen, (label * chosen).astype(np.float64))
        for name, chosen in (("own", own), ("rest", rest))
    }


def _rates(rows: pl.DataFrame, listed: Floats, label: Integers, own: Flags) -> dict[str, float]:
    fell, chosen = label[own].astype(np.float64), listed[own]
    risks = Risks(rows[MODEL].to_numpy()[own], label[own])
    return {
        **{one.__name__: one(risks).value for one in (base_rate, mean_risk, bias, slope)},
        "selection_rate": Figure(chosen, np.ones(len(chosen))).value,
        "precision_at_capacity": Figure(chosen * fell, chosen).value,
        "false_positive_rate": Figure(chosen * (1 - fell), 1 - fell).value,
    }


def _suppressed(table: pl.DataFrame) -> pl.DataFrame:
    """Take out what is small or would bring a small count back."""
    by_outcome = pl.col("group") == FALLEN_AS  # nobody of them held out, none is a false alarm
    rounded = table.with_columns(
        pl.when(~by_outcome).then(pl.col("held", "false_alarms")), pl.col("hits", "missed").round(6)
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
