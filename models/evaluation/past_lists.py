"""Past lists in hindsight: whom they found, and whether their risks had promised as much."""

import polars as pl

from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds

#: Figures of a list whose label window has closed, each with ``_low`` and ``_high``.
IN_HINDSIGHT = ("precision", "recall", "exclusion_error", "error")
COUNTS = ("households", "listed", "gone", "known", "found", "fell")


def in_hindsight(rows: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Hold what lists promised against what happened.

    Before the label window has closed nobody is judged: those who fell early are seen
    first, so that what is known by then would flatter the list.

    Parameters
    ----------
    rows : DataFrame
        One row a household of a list's cohort: ``season``, ``cluster`` (drawn again as a
        whole), ``risk`` (calibrated, as released; missing where a published order listed),
        ``is_listed``, ``is_gone`` (no longer in the register), ``label`` (missing where
        ``censored`` says why; models.labels.labels).
    bootstrap : Bootstrap
        Of the intervals.

    Returns
    -------
    DataFrame
        One row a season, ascending, and ``pooled`` over the closed ones: ``is_closed``;
        ``households`` of the cohort, ``listed``, ``gone`` of the listed; ``expected`` falls among
        the listed (sum of risk) and ``estimated`` precision (their share). Of the closed
        ones also ``known`` (listed, outcome seen), ``found`` (of these fell), ``fell`` (of the
        whole cohort), and `IN_HINDSIGHT` with 95 % intervals; ``error`` is the mean risk of the
        known listed less their precision. Missing before, and where nobody is known.

    Examples
    --------
    >>> row = {"season": "2024Q1", "cluster": "V1", "risk": 0.3, "is_listed": True, "is_gone": False}
    >>> rows = pl.DataFrame([row | {"label": True, "censored": None}])
    >>> in_hindsight(rows, Bootstrap(0, 1)).select("estimated", "precision", "error").row(0)
    (0.3, 1.0, -0.7)
    """
    ordered = rows.sort("season", "cluster", "risk", "is_listed", "label")
    still_open = pl.col("censored").eq_missing("window_open").any().over("season")
    marked = ordered.with_columns(is_closed=~still_open)
    parts = {str(season): part for (season,), part in marked.group_by("season", maintain_order=True)}
    if len(closed := marked.filter("is_closed")):
        parts[POOLED] = closed
    table = [_season_row(season, part, bootstrap) for season, part in parts.items()]
    return pl.DataFrame(table, schema=_SCHEMA)


_FLOATS = [f"{name}{end}" for name in IN_HINDSIGHT for end in ("", "_low", "_high")]
_SCHEMA = {
    "season": pl.String(),
    "is_closed": pl.Boolean(),
    **dict.fromkeys(COUNTS, pl.Int64()),
    **dict.fromkeys(("expected", "estimated", *_FLOATS), pl.Float64()),
}


def _season_row(season: str, rows: pl.DataFrame, bootstrap: Bootstrap) -> dict[str, object]:
    listed = rows.filter("is_listed")
    is_closed = bool(rows["is_closed"][0])
    summary = {
        "season": season,
        "is_closed": is_closed,
        "households": len(rows),
        "listed": len(listed),
        "gone": int(listed["is_gone"].sum()),
        **_promised(listed["risk"]),
    }
    return summary | (_judged(rows, bootstrap) if is_closed else {})


def _promised(risks: pl.Series) -> dict[str, float | None]:
    """Add up what the listed were said to be at; a published order says nothing."""
    if risks.null_count():
        return {"expected": None, "estimated": None}
    whole = float(risks.sum())
    return {
        "expected": round(whole, 6),
        "estimated": round(whole / len(risks), 6) if len(risks) else None,
    }


def _judged(rows: pl.DataFrame, bootstrap: Bootstrap) -> dict[str, object]:
    known = rows.drop_nulls("label")
    counts: dict[str, object] = {
        "known": int(known["is_listed"].sum()),
        "found": int((known["is_listed"] & known["label"]).sum()),
        "fell": int(known["label"].sum()),
    }
    return counts | with_bounds(
        _figures(known), Resampling(known["cluster"], bootstrap.resamples, bootstrap.seed)
    )


def _figures(known: pl.DataFrame) -> Figures:
    listed, fell, risk = (known[name].cast(pl.Float64).to_numpy() for name in ("is_listed", "label", "risk"))
    figures = {
        "precision": Figure(listed * fell, listed),
        "recall": Figure(listed * fell, fell),
        "exclusion_error": Figure((1 - listed) * fell, fell),
    }
    promised = {} if known["risk"].null_count() else {"error": Figure(listed * (risk - fell), listed)}
    return figures | promised
