"""What would stop the use of a model: limits set before outcomes are known, held against what came."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from models.arrays import Floats
from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.disclosure import SMALL
from models.evaluation.metrics.risk import Risks, slope
from models.figures import Figure, linear
from models.resampling import Bootstrap, Resampling, with_bounds

#: Lines of a shadow, in the order they are told.
LINES = ("calibration", "slope", "groups", "precision", "alerts", "causes")
KEPT, BROKEN, UNKNOWN, OPEN = "kept", "broken", "unknown", "open"
#: Least and most of every line, either missing; and what came of it.
Limits = Mapping[str, tuple[float | None, float | None]]
JUDGED = {
    **dict.fromkeys(("line", "verdict", "detail"), pl.String()),
    **dict.fromkeys(("least", "most", "value", "low", "high"), pl.Float64()),
    "n": pl.Int64(),
}
Finding = dict[str, Any]
NOTHING: Finding = {"value": None, "low": None, "high": None, "n": 0, "detail": ""}


def held_against(limits: Limits, outcomes: Mapping[str, Finding], *, is_open: bool) -> pl.DataFrame:
    """Say of every line whether its limits were kept.

    Parameters
    ----------
    limits : mapping of str to tuple
        Of `LINES`.
    outcomes : mapping of str to mapping
        As `measured` and `confirmed` give them; of a missing line nothing is known.
    is_open : bool
        Whether outcomes are still open, so that nothing is judged yet.

    Returns
    -------
    DataFrame
        One row a line, `JUDGED`; ``value`` is missing where too few are known to say.

    Examples
    --------
    >>> came = {"slope": {**NOTHING, "value": 0.8}}
    >>> held_against({"slope": (0.9, 1.1)}, came, is_open=False).select("line", "verdict").row(0)
    ('slope', 'broken')
    """
    rows = [
        {"line": line, "least": limits[line][0], "most": limits[line][1], **outcomes.get(line, NOTHING)}
        for line in LINES
        if line in limits
    ]
    judged = [{**row, "verdict": OPEN if is_open else _verdict(row)} for row in rows]
    return pl.DataFrame(judged, schema=JUDGED)


def measured(rows: pl.DataFrame, min_positives: int, bootstrap: Bootstrap) -> dict[str, Finding]:
    """Measure every line that outcomes tell.

    Parameters
    ----------
    rows : DataFrame
        One row a household of the list's cohort: ``risk`` (as released), ``label`` (missing where
        unknown), ``is_listed``, ``is_alerted`` (would have had one of the same visits by department
        alerts), ``cluster``, and `ATTRIBUTES`.
    min_positives : int
        Households of a group's value that fell, of fewer the recall is chance.
    bootstrap : Bootstrap
        Of the 95 % intervals.

    Returns
    -------
    dict of str to mapping
        ``value, low, high, n, detail`` of ``calibration`` (mean risk over the share that fell, less
        one), ``slope``, ``groups`` (how far the list's recall of a group, named in ``detail``, stayed below
        what the risks of its households promised, at the most), ``precision`` of the list and ``alerts``
        (that less the alerts').
        A line is missing where a count behind it is small.
    """
    known = rows.drop_nulls("label").sort("cluster", "risk", "is_listed", "is_alerted", "label")
    if not len(known):
        return {}
    risk, fell, listed, alerted = (
        known[name].cast(pl.Float64).to_numpy() for name in ("risk", "label", "is_listed", "is_alerted")
    )
    figures = {
        "calibration": (Figure(risk, fell, -1.0), [fell.sum(), len(fell) - fell.sum()]),
        "slope": (slope(Risks(risk, fell.astype(np.int64))), [fell.sum(), len(fell) - fell.sum()]),
        "precision": (Figure(listed * fell, listed), _cells(listed, fell)),
        "alerts": (_more(listed, alerted, fell), [*_cells(listed, fell), *_cells(alerted, fell)]),
    }
    enough = {name: one for name, (one, cells) in figures.items() if min(cells) > SMALL}
    bounded = with_bounds(enough, Resampling(known["cluster"], bootstrap.resamples, bootstrap.seed))
    counts = {"precision": int(listed.sum()), "alerts": int(alerted.sum())}
    lines = {name: _finding(bounded, name, counts.get(name, int(fell.sum()))) for name in enough}
    return lines | _shortest_of_promise(known, min_positives)


def confirmed(visits: Mapping[str, Any] | None) -> dict[str, Finding]:
    """Take from what visits found how often the cause found is the one named.

    Parameters
    ----------
    visits : mapping or None
        A season's row of table ``visits`` (`watchlists.report.lookback_figures`).
    """
    if visits is None or visits["agreement"] is None:
        return {}
    same = round(visits["agreement"] * visits["with_cause"])
    if min(same, visits["with_cause"] - same) <= SMALL:
        return {}
    return {"causes": _finding(visits, "agreement", visits["with_cause"])}


def _more(listed: Floats, alerted: Floats, fell: Floats) -> Figure:
    """Give the list's precision less that of the alerts, and what a row moves it by."""
    both = [(one, (one * fell).sum() / one.sum() if one.sum() else np.nan) for one in (listed, alerted)]
    (mine, precision), (theirs, of_alerts) = both
    moved = [one * (fell - share) * len(fell) / max(one.sum(), 1) for one, share in both]
    if not (mine.any() and theirs.any()):
        return linear(float("nan"), np.zeros(len(fell)))
    return linear(float(precision - of_alerts), moved[0] - moved[1])


def _cells(visited: Floats, fell: Floats) -> list[float]:
    """Count the visited that fell and those that did not."""
    return [(visited * fell).sum(), (visited * (1 - fell)).sum()]


def _shortest_of_promise(known: pl.DataFrame, min_positives: int) -> dict[str, Finding]:
    """Find the group whose recall stayed furthest below what the risks of its households promised."""
    is_listed, risk, fell = (pl.col(name).cast(pl.Float64) for name in ("is_listed", "risk", "label"))
    promised, came = (is_listed * risk).sum() / risk.sum(), (is_listed * fell).sum() / fell.sum()
    short = [
        (round(row["short"], 6), f"{attribute} {row['value']}")
        for attribute in ATTRIBUTES
        for row in known.drop_nulls(attribute)
        .group_by(value=attribute)
        .agg(fell.sum().alias("n"), (promised - came).alias("short"))
        .filter(pl.col("n") >= min_positives)
        .iter_rows(named=True)
    ]
    if not short:
        return {}
    furthest, detail = max(short)
    n_fell = int(known["label"].sum())
    return {"groups": {**NOTHING, "value": furthest, "n": n_fell, "detail": detail}}


def _finding(row: Mapping[str, Any], name: str, n: int) -> Finding:
    bounds = {"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}
    return {**NOTHING, **bounds, "n": n}


def _verdict(row: Mapping[str, Any]) -> str:
    value, least, most = row["value"], row["least"], row["most"]
    if value is None:
        return UNKNOWN
    is_kept = (least is None or value >= least) and (most is None or value <= most)
    return KEPT if is_kept else BROKEN
