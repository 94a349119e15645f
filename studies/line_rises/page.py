"""The page of `studies.line_rises`: docs/line_rises.md."""

from pathlib import Path
from typing import Any

import polars as pl

from models.names import POOLED
from pipelines.workspace.workspace import today
from register.atomic import write_text

HEAD = """# Risks for a line that rises otherwise 监测线另有涨幅时的风险

Written by `python -m studies.line_rises` on {day}, season {season}, commit {commit}; do not edit.
All data are simulated.

One margin is read as a risk for any stated rise of the line
([ADR 23](adr/0023-a-margin-is-read-for-a-stated-line.md)). Incomes of the simulated prefecture do not
depend on the line, so what became of every household of a judged season is known for every rise, also for
one that came in no year. Each model was trained with what was known at its season's end; "last" is the last
rise of the line it knew, "came" the one inside the window. A stated rise unlike both is a change of course:
15 % and then 4 %, or 4 % and then 15 %.
同一得分可按任意涨幅读作风险。下表把各季各户按每一种涨幅重新判定，看“说的”与“真的”差多少。

| season | last | came | rise stated | households | fell | mean risk | more promised than came true |
|---|---|---|---|---|---|---|---|
"""


def write_page(target: Path, judged: pl.DataFrame, season: str, commit: str | None) -> None:
    """Write the page.

    Parameters
    ----------
    target : Path
    judged : DataFrame
        From `studies.line_rises.figures.judged_rises`.
    season : str
        Season of the run.
    commit : str or None
        Of the code; None outside a repository.
    """
    head = HEAD.format(day=today().isoformat(), season=season, commit=(commit or "unknown")[:8])
    write_text(target, head + "".join(_line(row) for row in judged.iter_rows(named=True)))


def _line(row: dict[str, Any]) -> str:
    season = "all 各季合计" if row["season"] == POOLED else row["season"]
    ends = (
        "" if row["more_low"] is None else f" [{100 * row['more_low']:+.0f}, {100 * row['more_high']:+.0f}]"
    )
    return (
        f"| {season} | {_rise(row['assumed'])} | {_rise(row['came'])} | {float(row['rise']):+.0%} "
        f"| {row['n']:,} | {row['fell']:.4f} | {row['risk']:.4f} | {row['more']:+.0%}{ends} |\n"
    )


def _rise(change: float | None) -> str:
    return "–" if change is None else f"{change - 1:+.1%}"
