"""The page of ``python -m studies.fairness --seeds``: docs/fairness_seeds.md."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from models.evaluation.disclosure import rounded
from models.names import POOLED
from pipelines.workspace.workspace import today
from register.atomic import write_text
from studies.fairness.cohort import BY_RISK, DELIVERED
from studies.fairness.seed_figures import AUC, GAP, LOSS, OWN_LINE_LOSS, PRECISION
from studies.fairness.seeds import SEASONS, SEED
from watchlists.report.figure_words import GROUPS, VALUES, words_of

HEAD = """# Lines of classes on other seeds of the simulator

Written by `python -m studies.fairness --seeds {numbers}` on {day}, commit {commit}; do not edit.
All data are simulated ([simulator.md](simulator.md)).

Lines of classes (`model.class_lines`, [ADR 27](adr/0027-a-class-of-households-may-have-its-own-line.md)),
and how far they are believed, were chosen on ten seasons of a survey; the way they are fitted, with an eye
on the default prefecture. **Nothing was chosen on the prefectures below**: each of {counties} counties of
{households:,} households, other seeds, the parameters else those of the default one. Judged are {first} to
{last}. Every season's models are read by class, half believed, and by one line for all, which is
what `model.class_lines.by: none` gives to the bit; both are paired on the same rows. Intervals: 95 %,
villages drawn again ({draws:,} draws). Counts are rounded to 5.

*Log loss* and AUC are of the risk, by recorded falls; log losses in units of .00001, less is better;
*through its own best line*: each season's risks through the line that fits it best, which leaves order and
shape. Precision at capacity, and the gap at equal true risk as in [fairness.md](fairness.md), are in points.
*Further from 0*: by how much the gap read by class is larger than by one line, whichever way; below 0 is
fairer.

"""

COLUMNS = ("seed", "household-seasons", "falls", "log loss", "through its own best line", "AUC")
LIST_COLUMNS = ("seed", "list", "what", "one line", "by class", "change", "further from 0")
LISTS = {BY_RISK: "by risk alone", DELIVERED: "as delivered"}


def write_seeds(
    target: Path,
    changes: pl.DataFrame,
    size: tuple[int, int],
    draws: int,
    commit: str | None,
) -> None:
    """Write the page.

    Parameters
    ----------
    target : Path
        The page.
    changes : DataFrame
        From `studies.fairness.seed_figures.changes_by_seed`.
    size : tuple of int
        Counties, and households of each.
    draws : int
        Of villages.
    commit : str or None
        Of the code; None outside a repository.
    """
    numbers = [one for one in changes[SEED].unique(maintain_order=True) if one != POOLED]
    head = HEAD.format(
        numbers=" ".join(numbers),
        day=today().isoformat(),
        commit=(commit or "unknown")[:8],
        counties=size[0],
        households=size[1],
        number=len(numbers),
        first=SEASONS[0],
        last=SEASONS[-1],
        draws=draws,
    )
    lists = changes.filter(pl.col("list") != "")
    parts = [head, _table(COLUMNS, [_of_risk(one) for one in changes.partition_by(SEED)])]
    parts += ["\n## Lists\n\n", _table(LIST_COLUMNS, [_of_list(one) for one in lists.to_dicts()])]
    write_text(target, "".join(parts))


def _of_risk(rows: pl.DataFrame) -> list[str]:
    """Tell of one seed how the risks themselves change."""
    by_figure = {one["figure"]: one for one in rows.filter(list="").to_dicts()}
    first = by_figure[LOSS]
    counts = [f"{rounded(first[name]):,}" for name in ("n", "n_positive")]
    losses = [_figure(by_figure[name], "change", 1) for name in (LOSS, OWN_LINE_LOSS)]
    auc = by_figure[AUC]
    return [first[SEED], *counts, *losses, f"{auc['one_line']:.4f}, {_figure(auc, 'change', 4)}"]


def _of_list(row: Mapping[str, Any]) -> list[str]:
    """Tell how one figure of one list changes."""
    is_gap = row["figure"] == GAP
    what, sign = (f"gap, {_name(row)}", "+") if is_gap else (PRECISION, "")
    both = [_figure(row, name, 1, sign) for name in ("one_line", "by_class")]
    further = _figure(row, "further", 1) if is_gap else ""
    return [row[SEED], LISTS[row["list"]], what, *both, _figure(row, "change", 1), further]


def _name(row: Mapping[str, Any]) -> str:
    name = words_of(GROUPS, row["group"])[1]
    return name if row["value"] == "yes" else f"{name} {words_of(VALUES, row['value'])[1]}"


def _figure(row: Mapping[str, Any], name: str, digits: int, sign: str = "+") -> str:
    """Write a figure with its interval, and no minus before a zero."""
    value, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    written = [
        f"{round(one, digits) + 0.0:{sign}.{digits}f}" for one in (value, low, high) if one is not None
    ]
    return written[0] + (f" [{written[1]}, {written[2]}]" if len(written) == 3 else "")


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
