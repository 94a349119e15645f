"""Gaps of groups at equal true risk: on every list, in the model's risk, in what can be known at all."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from models.arrays import Flags, Floats, Integers
from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.board import MODEL
from models.evaluation.disclosure import SMALL
from models.evaluation.equal_risk import equal_risk_gap, risk_bands
from models.evaluation.metrics.ranking import Ranking
from models.evaluation.parameters import EvaluateParameters
from models.figures import Figure
from models.resampling import Resampling, interval, with_bounds
from studies.fairness.cohort import DELIVERED, LISTS, TOLD_RISK, TRUE_RISK

#: An attribute and one of its values.
Group = tuple[str, str]
POINTS = 100
#: The group listed far more often at equal true risk: most others look missed beside it.
ELDERLY = "elderly_only"


@dataclass(frozen=True)
class Findings:
    """What the study found.

    Attributes
    ----------
    n : int
        Household-seasons judged.
    groups : DataFrame
        One row a group: its size, and gaps to everybody else at equal true risk with bounds.
    missed : list of Group
        Groups whose interval on the delivered list lies below 0, the worst first.
    without_elderly : DataFrame
        ``gap`` of each of these on the delivered list, held against others that are not
        households of elderly members only.
    hidden : DataFrame
        By group: recorded and true falls to expect, and how much of each the list reaches.
    pairs : DataFrame
        Groups of two attributes that are missed at equal true risk; small ones left out.
    """

    n: int
    groups: pl.DataFrame
    missed: list[Group]
    without_elderly: pl.DataFrame
    hidden: pl.DataFrame
    pairs: pl.DataFrame


def study(rows: pl.DataFrame, evaluation: EvaluateParameters) -> Findings:
    """Measure every group of the audit, and every pair of groups.

    Parameters
    ----------
    rows : DataFrame
        From `studies.fairness.cohort.judged_with_truth`.
    evaluation : EvaluateParameters
        Bands, draws and seed.
    """
    known = rows.drop_nulls("label")
    drawn = Resampling(known["cluster"], evaluation.bootstrap, evaluation.seed)
    band = risk_bands(known[TOLD_RISK].to_numpy(), evaluation.risk_bands)
    singles = [(one,) for one in groups_of(known)]
    table = pl.DataFrame([_group(known, one, band, drawn) for one in singles])
    missed = table.filter(pl.col(f"{DELIVERED}_high") < 0).sort(DELIVERED)
    named = list(missed.select("group", "value").iter_rows())
    return Findings(
        len(known),
        table,
        named,
        pl.DataFrame([_without_elderly(known, one, band, drawn) for one in named]),
        pl.DataFrame([_hidden(rows, one) for one in ((), *singles)]),
        _pairs(known, band, drawn),
    )


def groups_of(rows: pl.DataFrame) -> list[Group]:
    """Name every group of the audit; who merely lacks a trait is none."""
    return [
        (name, value)
        for name in ATTRIBUTES
        for value in rows[name].drop_nulls().unique().sort()
        if value != "no"
    ]


def members(rows: pl.DataFrame, groups: tuple[Group, ...]) -> Flags:
    """Tell who is in all of several groups; of none, everybody."""
    within = np.full(len(rows), fill_value=True)
    for name, value in groups:
        within &= (rows[name] == value).fill_null(value=False).to_numpy()
    return within


def _group(
    rows: pl.DataFrame, groups: tuple[Group, ...], band: Integers, drawn: Resampling
) -> dict[str, object]:
    """Set a group beside everybody else."""
    own, risk = members(rows, groups), rows[TOLD_RISK].to_numpy()
    compared = {name: rows[name].to_numpy() for name in (*LISTS, MODEL)}
    figures = {name: equal_risk_gap(value, risk, band, own, ~own) for name, value in compared.items()}
    points = {
        name: None if one is None else POINTS * one for name, one in with_bounds(figures, drawn).items()
    }
    counted = rows.filter(pl.Series(own))
    return {
        **dict(zip(("group", "value"), groups[0], strict=True)),
        "n": len(counted),
        "n_positive": int(counted["label"].sum()),
        "told": float(counted[TOLD_RISK].sum()),
        **points,
        "promised": float(counted[MODEL].sum()) / max(int(counted["label"].sum()), 1),
        **{f"{name}_auc": _auc(counted, name) for name in (MODEL, TOLD_RISK)},
    }


def _without_elderly(
    rows: pl.DataFrame, group: Group, band: Integers, drawn: Resampling
) -> dict[str, object]:
    own, elderly = members(rows, (group,)), members(rows, ((ELDERLY, "yes"),))
    listed, risk = rows[DELIVERED].to_numpy(), rows[TOLD_RISK].to_numpy()
    figure = equal_risk_gap(listed, risk, band, own & ~elderly, ~own & ~elderly)
    low, high = interval(POINTS * drawn.spread({"gap": figure})["gap"])
    gap = {"gap": POINTS * figure.value, "gap_low": low, "gap_high": high}
    return {**dict(zip(("group", "value"), group, strict=True)), **gap}


def _auc(rows: pl.DataFrame, score: str) -> float:
    ranking = Ranking(rows[score].to_numpy(), rows["label"].cast(pl.Int64).to_numpy())
    return float(ranking.metrics(np.ones((1, len(rows))), [10])["auc"][0])


def _hidden(rows: pl.DataFrame, groups: tuple[Group, ...]) -> dict[str, object]:
    """Hold the falls that the record will show against those that come."""
    counted = rows.filter(pl.Series(members(rows, groups)))
    recorded, true, listed = (counted[name].to_numpy() for name in (TOLD_RISK, TRUE_RISK, DELIVERED))
    return {
        **dict(zip(("group", "value"), groups[0] if groups else ("", ""), strict=True)),
        "n": len(counted),
        "told": float(recorded.sum()),
        "true": float(true.sum()),
        "ratio": Figure(true, recorded).value,
        "told_reached": Figure(recorded * listed, recorded).value,
        "true_reached": Figure(true * listed, true).value,
    }


def _pairs(rows: pl.DataFrame, band: Integers, drawn: Resampling) -> pl.DataFrame:
    """Keep the pairs that are missed beyond chance and large enough to be told of."""
    label, listed = rows["label"].cast(pl.Int64).to_numpy(), rows[DELIVERED].to_numpy()
    risk, lines = rows[TOLD_RISK].to_numpy(), []
    for one, other in combinations(groups_of(rows), 2):
        own = members(rows, (one, other))
        cells = [float(cell.sum()) for cell in _cells(label[own], listed[own])]
        if one[0] == other[0] or min(cells) <= SMALL:
            continue
        figure = equal_risk_gap(listed, risk, band, own, ~own)
        low, high = interval(POINTS * drawn.spread({"gap": figure})["gap"])
        if high is not None and high < 0:
            names = (*one, *other, int(own.sum()), int(label[own].sum()), POINTS * figure.value, low, high)
            lines.append(names)
    schema = ["group", "value", "other_group", "other_value", "n", "n_positive", "gap", "gap_low", "gap_high"]
    return pl.DataFrame(lines, schema=schema, orient="row").sort("gap")


def _cells(label: Integers, listed: Floats) -> tuple[Floats, ...]:
    return listed * label, (1 - listed) * label, listed * (1 - label), (1 - listed) * (1 - label)
