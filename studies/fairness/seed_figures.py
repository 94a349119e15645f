"""What lines of classes change on other seeds: each alone and all together, paired on the same rows."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.special import logit

from models.arrays import Floats, Integers
from models.evaluation.board import MODEL
from models.evaluation.equal_risk import equal_risk_gap, risk_bands
from models.evaluation.metrics.ranking import Ranking, auc
from models.evaluation.metrics.risk import Risks, log_loss
from models.evaluation.parameters import EvaluateParameters
from models.figures import Figure
from models.names import POOLED
from models.resampling import Resampling, interval
from models.risk.calibration.maps import fit_map
from models.training.selection import log_losses
from studies.fairness.cohort import BY_RISK, DELIVERED, TOLD_RISK
from studies.fairness.one_line import BY_ONE_LINE
from studies.fairness.seeds import DELIVERED_BY_ONE_LINE, ONE_LINE_RISK, SEED
from studies.fairness.study import POINTS, Group, members

#: The classes of ADR 27, those of elderly members only whatever their number.
CLASSES: tuple[Group, ...] = (
    ("household_size", "4-5"),
    ("elderly_only", "yes"),
    ("household_size", "1"),
    ("household_size", "2-3"),
    ("household_size", "6+"),
)
#: By one line and by class: the risks, and what is listed by risk alone and as delivered.
RISKS = (ONE_LINE_RISK, MODEL)
LISTS = {BY_RISK: (BY_ONE_LINE, BY_RISK), DELIVERED: (DELIVERED_BY_ONE_LINE, DELIVERED)}
LOSS, OWN_LINE_LOSS, AUC, PRECISION, GAP = "log_loss", "own_line_log_loss", "auc", "precision", "gap"
#: Log losses differ in the fifth place.
LOSS_UNIT = 1e5

Pair = tuple[Figure, Figure]
Named = tuple[str, str, str, str]


def changes_by_seed(seeds: Sequence[pl.DataFrame], evaluation: EvaluateParameters) -> pl.DataFrame:
    """Compare reading by class with one line for all, for each seed and for all of them.

    Parameters
    ----------
    seeds : sequence of DataFrame
        From `studies.fairness.seeds.judged_of_seed`.
    evaluation : EvaluateParameters
        Bands, draws and seed of the draws; villages are drawn again.

    Returns
    -------
    DataFrame
        ``seed`` (pooled last), ``figure, list, group, value``, ``n, n_positive``; ``one_line,
        by_class, change`` and ``further``, by how much more ``by_class`` is away from 0, each with
        ``_low`` and ``_high``: log losses in units of .00001, precision and gaps in points.
    """
    known = [_apart(rows.drop_nulls("label")) for rows in seeds]
    samples = {str(rows[SEED][0]): rows for rows in known}
    if len(known) > 1:
        samples[POOLED] = pl.concat(known, how="diagonal_relaxed")
    return pl.concat(_changes(name, rows, evaluation) for name, rows in samples.items())


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Tell villages and seasons of one seed from those of another."""
    of_seed = (pl.format("{} {}", SEED, name).alias(name) for name in ("cluster", "origin"))
    return rows.with_columns(of_seed)


def _changes(name: str, rows: pl.DataFrame, evaluation: EvaluateParameters) -> pl.DataFrame:
    drawn = Resampling(rows["cluster"], evaluation.bootstrap, evaluation.seed)
    pairs = {**_of_risks(rows), **_of_lists(rows, evaluation.risk_bands)}
    counts = {SEED: name, "n": len(rows), "n_positive": int(rows["label"].sum())}
    return pl.DataFrame([counts | _line(one, pair, drawn) for one, pair in pairs.items()])


def _of_risks(rows: pl.DataFrame) -> dict[Named, Pair]:
    """Judge both risks themselves: as they are, and each season through the line that is best for it."""
    label = rows["label"].cast(pl.Int64).to_numpy()
    season = rows["origin"].rank("dense").cast(pl.Int64).to_numpy() - 1
    before, after = (rows[name].to_numpy() for name in RISKS)
    return {
        (LOSS, "", "", ""): (log_loss(Risks(before, label)), log_loss(Risks(after, label))),
        (OWN_LINE_LOSS, "", "", ""): (_own_line(before, label, season), _own_line(after, label, season)),
        (AUC, "", "", ""): (auc(Ranking(before, label)), auc(Ranking(after, label))),
    }


def _own_line(risk: Floats, label: Integers, season: Integers) -> Figure:
    """Give the log loss that is left once a season's level and slope are known: order and shape alone."""
    losses, margin = np.empty(len(risk)), logit(risk)
    for one in range(season.max() + 1):
        own = season == one
        losses[own] = log_losses(fit_map(margin[own], label[own]).margin(margin[own]), label[own])
    return Figure(losses, np.ones(len(losses)))


def _of_lists(rows: pl.DataFrame, bands: int) -> dict[Named, Pair]:
    """Judge both lists, by risk alone and as delivered: precision, and the gap of every class."""
    label, risk = rows["label"].cast(pl.Float64).to_numpy(), rows[TOLD_RISK].to_numpy()
    band, pairs = risk_bands(risk, bands), {}
    for name, columns in LISTS.items():
        before, after = (rows[one].to_numpy() for one in columns)
        pairs[(PRECISION, name, "", "")] = Figure(before * label, before), Figure(after * label, after)
        for group in CLASSES:
            own = members(rows, (group,))
            gaps = (equal_risk_gap(one, risk, band, own, ~own) for one in (before, after))
            pairs[(GAP, name, *group)] = next(gaps), next(gaps)
    return pairs


def _line(named: Named, pair: Pair, drawn: Resampling) -> dict[str, object]:
    unit = {LOSS: LOSS_UNIT, OWN_LINE_LOSS: LOSS_UNIT, AUC: 1.0}.get(named[0], POINTS)
    values = unit * np.array([one.value for one in pair])
    spread = unit * np.array(list(drawn.spread(dict(enumerate(pair))).values()))
    line: dict[str, object] = dict(zip(("figure", "list", "group", "value"), named, strict=True))
    line |= _with_ends("one_line", values[0], spread[0]) | _with_ends("by_class", values[1], spread[1])
    line |= _with_ends("change", values[1] - values[0], spread[1] - spread[0])
    further = abs(values), abs(spread)  # of a gap: how far from fair
    return line | _with_ends("further", *(one[1] - one[0] for one in further))


def _with_ends(name: str, value: float, values: Floats) -> dict[str, float | None]:
    low, high = interval(values)
    return {name: float(value), f"{name}_low": low, f"{name}_high": high}
