"""docs/ending_help.md: the model's trial of ending help, judged where the truth is known."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from models.attribution.parameters import EndingHelpParameters
from register.atomic import write_text
from studies.ending_help.figures import LEAST, RESAMPLES

PAGE = """# What ending help would do

Written by `python -m studies.ending_help` on {day} in a finished run; do not edit. All data are
simulated ([simulator.md](simulator.md)).

**A trial inside the model, never a reason to end help.** 模型内的试算，绝不是停止帮扶的理由。

For every household of the cohort under help, each measure's records in force are ended at the as-of
date, the features over the register's table of assistance are built anew, and the risk is read again
(`models/attribution/ending_help.py`); what was paid stays in the resources. Seasons: {seasons}.

The truth: the simulated story is told again, and the recorded risk is worked out twice from the same
draws, with the help that is still to be paid and without. Only help that began when the household was
identified pays anything here; it is taken away whole, also the part that lasts (the job, the orchard).
Other records of industry, employment and finance pay nothing: their true change is 0.

## By measure

Mean change of the risk as help ends, in points of risk ×100; 95 % intervals over villages ({draws}
draws). Told of measures with at least {least} rows; n counts household, season and measure.

{table}

"changes": rows whose risk truly changes in the futures drawn. "lowered": share of rows whose risk
the model *lowers* as help ends. "told": share that the counts
alone would let through; the product tells none of them (`ending_help.withheld`). The gate (`ending_help` in
`method.yaml`), each season by itself: nothing of a measure is told unless it was tried on at least
{tried} households in at least {clusters} villages and the mean change over **all** of them has a
95 % interval over villages wholly above 0. Of a measure that passes, a household is not told of
where its own risk falls, or where fewer than {without} households of its group and band of risk
stand without the measure.

## What follows

{verdict}
"""
VERDICT = """- Mean change: the model says {model} points, the truth is {true}; the bias {bias} {holds}.
- Rank agreement of the changes: Spearman {spearman}.
- For {lowered} of the rows the model says that ending help lowers the risk, which ending help cannot
  do. So it would be where help goes to those at risk and the register shows the need more than the
  effect (confounding by need). Also, the features count measures together: records that pay
  nothing are read like those that do. How much each of the two adds was not measured.
- Measures that the gate tells in none of the seasons: {withheld}. Of
  them the product gives no figure anywhere and says "cannot be read off this register"
  (从本登记数据看不出来).
- Leaving out what does not surely rise does not make the rest an effect. What is told is what the model
  says, no estimate of what help does; whom to help is not to be read off it."""
HEAD = (
    "| measure | n | changes | model | true | bias | Spearman | lowered | told |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
)


def write_report(
    target: Path, figures: pl.DataFrame, rules: EndingHelpParameters, seasons: list[str], day: date
) -> None:
    """Write the page."""
    rows = figures.to_dicts()
    values = {
        "day": day.isoformat(),
        "seasons": ", ".join(seasons),
        "draws": RESAMPLES,
        "least": LEAST,
        "tried": rules.least,
        "clusters": rules.least_clusters,
        "without": rules.least_without,
        "table": HEAD + "\n".join(_row(one) for one in rows),
        "verdict": _verdict(next(one for one in rows if one["measure"] == "all"), rows),
    }
    write_text(target, PAGE.format(**values))


def _row(one: dict[str, Any]) -> str:
    measured = [_measured(one, name, 100) for name in ("model", "true", "bias")]
    shares = [f"{one[name]:.0%}" for name in ("lowered", "told")]
    cells = [one["measure"], one["n"], one["n_changing"], *measured, _measured(one, "spearman", 1), *shares]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _measured(one: dict[str, Any], name: str, times: int) -> str:
    ends = [one[f"{name}{end}"] for end in ("", "_low", "_high")]
    if any(value is None for value in ends):
        return "–"
    value, low, high = (f"{times * end:.2f}".replace("-", "−") for end in ends)
    return f"{value} [{low}, {high}]"


def _verdict(whole: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    withheld = [str(one["measure"]) for one in rows if one["told"] == 0 and one["measure"] != "all"]
    low, high = whole["bias_low"], whole["bias_high"]
    holds_zero = low is not None and low <= 0 <= high
    return VERDICT.format(
        **{name: _measured(whole, name, 100) for name in ("model", "true", "bias")},
        holds="holds 0" if holds_zero else "excludes 0",
        spearman=_measured(whole, "spearman", 1),
        lowered=f"{whole['lowered']:.0%}",
        withheld=", ".join(withheld) or "none",
    )
