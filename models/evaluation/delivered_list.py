"""The list as it is delivered, duties first, judged on past seasons beside the list by risk alone."""

import polars as pl

from models.evaluation.board import CAME, MODEL
from models.evaluation.capacity_lists import CapacityList, capacity_list, list_as_given
from models.evaluation.declaration import CAPACITY, metrics_of
from models.evaluation.leaderboard import rows_of
from models.evaluation.measured import aftermath
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds

#: What is judged: what visitors get, and what the model alone would list at the same visits.
DELIVERED, BY_RISK = "delivered", "by_risk"
COUNTS = ("listed", "known", "found", "fell")
#: Beside every declared metric of a list: mean risk of the listed, as released and read for the rise of
#: the line that came, and each less their precision.
PROMISES = ("promised", "error", "promised_came", "error_came")

#: All that is read of a row; the scores of other models, which are most of it, are not copied.
_OF_ROW = ("household_id", "origin", "is_return", "label", "cluster", "place", "visits", "gap", "lead_months")
_NEEDED = (*_OF_ROW, MODEL, CAME, "is_listed")


def figures_of_list() -> tuple[str, ...]:
    """Name the figures of a list, each with ``_low`` and ``_high``."""
    return (*(one.name for one in metrics_of("list") if CAPACITY in one.lists), *PROMISES)


def judged_lists(judged: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Judge the delivered list and the list by risk alone, each season and pooled.

    Parameters
    ----------
    judged : DataFrame
        As `models.evaluation.leaderboard.leaderboard` wants it, and ``is_listed`` (bool): on the
        list as it would have been delivered.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        ``origin, list``, counts (``listed`` visits, of them ``known`` outcomes and ``found`` falls,
        ``fell`` in the cohort) and `figures_of_list` with 95 % intervals, six decimals. A
        household whose outcome is not known counts as a visit and as nothing else.
    """
    ordered = judged.select(_NEEDED).sort("origin", "household_id")
    lists = {DELIVERED: list_as_given(ordered, "is_listed"), BY_RISK: capacity_list(ordered, MODEL)}
    rows = [
        {"origin": origin, "list": name, **_judged(ordered, one, origin, bootstrap)}
        for origin in (*ordered["origin"].unique().sort().to_list(), POOLED)
        for name, one in lists.items()
    ]
    return pl.DataFrame(rows, schema=_schema(), infer_schema_length=None)


def _schema() -> dict[str, pl.DataType]:
    floats = [f"{name}{end}" for name in figures_of_list() for end in ("", "_low", "_high")]
    return {
        **dict.fromkeys(("origin", "list"), pl.String()),
        **dict.fromkeys(COUNTS, pl.Int64()),
        **dict.fromkeys(floats, pl.Float64()),
    }


def _judged(judged: pl.DataFrame, made: CapacityList, origin: str, bootstrap: Bootstrap) -> dict[str, object]:
    at = rows_of(judged, (origin, "all"))
    rows, listed = judged[at], made.now.mean
    share = listed[at]
    fell = rows["label"].cast(pl.Float64).to_numpy()
    of_season = ((judged["origin"] == origin) | (origin == POOLED)).to_numpy()
    sums = (listed[of_season].sum(), share.sum(), (share * fell).sum(), fell.sum())
    after = aftermath(rows, made.before[at]).as_handed_out(share)
    figures: Figures = {one.name: one.formula(after) for one in metrics_of("list") if CAPACITY in one.lists}
    for tail, name in (("", MODEL), ("_came", CAME)):
        risk = rows[name].to_numpy()
        figures[f"promised{tail}"] = Figure(share * risk, share)
        figures[f"error{tail}"] = Figure(share * (risk - fell), share)
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    return {
        **{name: round(one) for name, one in zip(COUNTS, sums, strict=True)},
        **with_bounds(figures, drawn),
    }
