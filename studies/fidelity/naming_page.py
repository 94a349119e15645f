"""The page on naming (docs/naming.md), and the figures of it that pages of a release may quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from register.atomic import write_text
from studies.fidelity.naming import (
    AT_WORK,
    FALLS,
    HITS,
    LATER,
    Named,
    Truth,
    board_distance,
    by_cause,
    figures,
    measured,
    paired,
    where_both,
)
from studies.fidelity.naming_forecast import FORECAST, FORECAST_ALONE
from studies.fidelity.naming_ways import ALERT, OWEN, PRODUCT, RECORD, TODAY
from studies.fidelity.report import markdown

COMMAND = "python -m studies.fidelity naming"
#: Ways that another is held against, on the falls that it names.
OTHERS = (TODAY, ALERT, RECORD, PRODUCT)
SHARES_BOARD, NAMES_BOARD = "board of shares from all falls", "board of names from causes at work"
OFF_SHARE = "right, farthest from a step's mean share"
OFF_STEP = "right, farthest outside a step (a milder reading)"
#: What is asked of the product: figure, whether it is the least or the most, number.
TARGETS = (
    (f"right, {FALLS}", ">=", 0.58),
    (f"right, {HITS}", ">=", 0.78),
    ("named, the list", ">=", 0.60),
    (f"named, {LATER}", "<=", 0.25),
    ("silence true", ">=", 0.85),
    (SHARES_BOARD, "<=", 0.25),
    (NAMES_BOARD, "<=", 0.25),
    (OFF_SHARE, "<=", 0.08),
    (OFF_STEP, "<=", 0.08),
)

HEAD = """# Are named causes true, and is it true to name none?

Written by `{command}` on {day} ({seconds:.0f} s of CPU, one thread); do not edit. What follows from it:
[ADR 22](adr/0022-a-cause-is-named-where-the-register-shows-it.md).

Seasons {seasons} of the simulated prefecture, every household explained on the last day by the
model trained as of it, by the product's own code. Within 12 months {fell:,} households fell; for {falls:,}
some cause was necessary (without it the fall would not have been recorded), for {without:,}
({without_share:.0%}) no single one was: these are counted, not judged. A name is right if it is the necessary
cause that took most. *At work*: a shock of it had begun on the day ({at_work:,}); *came later*: all began
after it ({later:,}), so that nobody could know; *standing*: chronic illness or school costs ({standing:,}).
*The list* is the delivered one of each season ({listed:,} households, must-visit rules first), *its hits* are
the judged falls on it ({hits:,}).

Intervals: 95 %, villages drawn again 1,000 times. Nothing was tuned on these seasons: thresholds stand in
`register/reference/cause_events.yaml` and the parameters.
"""
WAYS = """*Event*: an event of the cause within 12 months and what the cause needs
(`register/reference/cause_needs.yaml`). *Fresh part*: against the household's own facts of a year before,
worth x1.05 of the odds or more. *Owen's fresh part*: what the fresh facts of a cause (windows of up to
12 months, changes, times since, events) have of its part inside one date (`studies/fidelity/owen.py`).
*Commonest cause with an event* is what a department would say that knows the records and how common causes
are; the first rule of `alert_rules.yaml` that speaks is what departments push today.
"""
PAIRED = """How much more often right than another way, on the falls that are named (the other way's silence
counts as wrong).
"""
BOARD = """Total variation between what a board adds up over the cohort and what falls came from: all judged
falls, and those whose cause was at work on the day. A board counts expected falls (risk) by named cause; that
of the forecast alone adds up risk times the share of each cause; before ADR 22, risk was shared out by the
parts that raise it.
"""
STEPS = """How sure a name is called, from which share of the forecast to which, the mean share, and how often
such names are right. The forecast knows nothing of the fresh part that a name needs as well, and was learned
from records some of which are wrong: names come true more often than it says.
"""


@dataclass(frozen=True)
class Judged:
    """All that was measured."""

    truth: Truth
    ways: Mapping[str, Named]
    steps: pd.DataFrame | None

    @property
    def product(self) -> str:
        """Name the product's way: ordered by the forecast where there is one."""
        return FORECAST if FORECAST in self.ways else PRODUCT


def write_page(target: Path, judged: Judged, seconds: float, day: date) -> pd.DataFrame:
    """Write the page; give the figures of every way."""
    truth = judged.truth
    table = measured({way: figures(one, truth) for way, one in judged.ways.items()}, truth)
    boards, wide = _boards(judged), _wide(table)
    parts = [
        _head(truth, seconds, day),
        "## Targets\n",
        markdown(targets(judged, of_way(table, judged.product), boards), "figure"),
        "## Ways to name a cause\n",
        WAYS,
        markdown(wide.filter(regex="^right"), "way"),
        markdown(wide.filter(regex="^(named|silence)"), "way"),
        "## Against other ways, on the same falls\n",
        PAIRED,
        *(markdown(_paired(judged, way), f"{way} minus") for way in (judged.product, OWEN)),
        "## How sure\n",
        *([STEPS, markdown(judged.steps, "step")] if judged.steps is not None else ["No forecast in use.\n"]),
        "## Boards\n",
        BOARD,
        markdown(_wide(boards), "way"),
        "## By cause\n",
        f"{judged.product}; the board is of its names:\n",
        markdown(by_cause(judged.ways[judged.product], truth), "cause"),
        "## By season\n",
        markdown(_by_season(judged), "figure"),
    ]
    write_text(target, "\n".join(parts))
    return table


def of_way(table: pd.DataFrame, way: str) -> pd.DataFrame:
    """Take the figures of one way: ``value, low, high`` by figure."""
    return table[[name == way for name, _ in table.index]].droplevel(0)


def targets(judged: Judged, of_product: pd.DataFrame, boards: pd.DataFrame) -> pd.DataFrame:
    """Hold the product against what was asked, met or missed."""
    of_shares = FORECAST_ALONE if FORECAST_ALONE in judged.ways else PRODUCT
    values = {
        **of_product["value"],
        SHARES_BOARD: float(boards["value"][of_shares, FALLS]),
        NAMES_BOARD: float(boards["value"][judged.product, AT_WORK]),
        **_farthest(judged.steps),
    }
    rows = {}
    for figure, side, limit in TARGETS:
        is_met = values[figure] >= limit if side == ">=" else values[figure] <= limit
        reached = f"{values[figure]:.3f}: {'met' if is_met else '**missed**'}"
        rows[figure] = {"asked": f"{side} {limit}", "reached": reached}
    return pd.DataFrame(rows).T


def _boards(judged: Judged) -> pd.DataFrame:
    rows = {
        (way, group): board_distance(one, judged.truth, group)
        for way, one in judged.ways.items()
        if one.board.any()
        for group in (FALLS, AT_WORK)
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high"]).set_axis(
        pd.MultiIndex.from_tuples(rows), axis="index"
    )


def _farthest(steps: pd.DataFrame | None) -> dict[str, float]:
    """Say how far the share of right names lies at most from the mean share of a step, and outside of it."""
    if steps is None:
        return {OFF_SHARE: np.nan, OFF_STEP: np.nan}
    right, mean, begin, end = (
        steps[name].astype(float) for name in (f"right, {FALLS}", f"share, {FALLS}", "from", "to")
    )
    outside = max(0.0, float((begin - right).max()), float((right - end).max()))
    return {OFF_SHARE: float((right - mean).abs().max()), OFF_STEP: outside}


def _head(truth: Truth, seconds: float, day: date) -> str:
    groups, fell = {name: int(one.sum()) for name, one in truth.groups.items()}, truth.n_fell
    falls, at_work, later, standing, hits = groups.values()
    without = fell - falls
    return HEAD.format(
        command=COMMAND, day=day.isoformat(), seconds=seconds, fell=fell, falls=falls, without=without,
        without_share=without / fell, at_work=at_work, later=later, standing=standing, hits=hits,
        listed=int(truth.is_listed.sum()), seasons=", ".join(sorted(truth.rows["season"].unique())),
    )  # fmt: skip


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    return _bounded(table)["share"].unstack(sort=False)  # noqa: PD010 - an index, not a pivot


def _bounded(table: pd.DataFrame) -> pd.DataFrame:
    """Write a value with its ends, the columns of `table`; empty where nothing was named."""
    cells = [
        "" if np.isnan(value) else f"{value:.3f}" if np.isnan(low) else f"{value:.3f} [{low:.3f}, {high:.3f}]"
        for value, low, high in table.to_numpy(dtype=float)
    ]
    return pd.DataFrame({"share": cells}, index=table.index)


def _paired(judged: Judged, way: str) -> pd.DataFrame:
    against = {
        other: paired(judged.ways[way], judged.ways[other], judged.truth) for other in OTHERS if other != way
    }
    if way == OWEN:
        both = where_both(judged.ways[OWEN], judged.ways[PRODUCT])
        against["the product, falls that both name"] = paired(both, judged.ways[PRODUCT], judged.truth)
    return _wide(measured(against, judged.truth))


def _by_season(judged: Judged) -> pd.DataFrame:
    truth, named, columns = judged.truth, judged.ways[judged.product], {}
    for season in sorted(truth.rows["season"].unique()):
        kept = (truth.rows["season"] == season).to_numpy()
        of_season = figures(Named(named.cause[kept], named.board[kept]), truth.of(kept))
        columns[season] = {name: figure.value for name, figure in of_season.items()}
    return pd.DataFrame(columns)
