"""The report of `benchmarks.oracle_gap`: docs/oracle_gap.md."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.fidelity_report import markdown
from benchmarks.oracle_gap import (
    DEFAULT,
    OTHER_ORDER,
    REST,
    RISK,
    STEPS,
    TOLD_RISK,
    Found,
)
from benchmarks.oracle_gap_figures import FELL, RECORDED, parts
from register.atomic import write_text

#: AUC that may be left to the model itself (issue 5).
MOST = 0.01

HEAD = """# The gap to the true risk, taken apart

Written by `python -m benchmarks.oracle_gap --times {times}` on {day}; do not edit. All data are
simulated ([simulator.md](simulator.md)).

How much better would the true risk rank households than the model does, and why? The same {counties}
counties are written down in several ways. In all of them the same households live the same lives, are
found and helped alike; only the register differs:

- **true**: incomes are written down as they are (`simulator.true_incomes`), recorded causes are right,
  no cell is spoilt, no row sent twice;
- **timely**: every record is entered in its month, rightly at once; no correction, no autumn back-fill;
  labels wait for nothing (`label.settle_months` 0);
- **more**: {times} times the households (so many more counties, and so many more rows drawn to train
  on), true and timely;
- **told the state**: the same trees, true and timely, with the state that the true risk starts from
  among the features: what is planned, how far earnings have drifted, what running shocks will still
  take, the chance of each new one. No register holds it.

Every run is the product's own (simulate, ingest, features, train) and is trained as of each judged
season's end with what was known then. Ranked is by its trees, the kind of model every run chose; in the
last two runs nothing else is trained (`benchmarks/oracle_gap_trees.py`).

## What is compared

Judged are the {n} household-seasons ({seasons}) that every run may list and whose outcome every run
knows; {fell} of them **truly fell** within twelve months, {recorded} were **recorded** to fall. They
are the same rows for every column, so the differences below add up. Two outcomes, as labels are read
from the register and change with it: a model that is told true incomes learns and predicts true falls.
Best possible for true falls is the true risk (`risk`), for recorded falls the risk of a recorded fall
(`told_risk`), which knows how each household's income is told.

AUC is that within a season, averaged over the seasons, as a list is of one season. In brackets 95 %
intervals of {resamples} draws of villages; all columns are drawn together, so differences are paired.

The true risk is the share of {futures} drawn futures in which the household falls, so it ranks a little
worse than it could: {sharpness}. Sampling noise falls with the number of futures, so with endless ones
it would reach about {limit:.4f}, and every gap below would be {more:.4f} larger.
"""
PARTS = """## The gap for true falls, in steps

Each step is the AUC with it less the AUC without it; together they are the gap. Sample size is the step
to {times} times the households. {verdict}
"""
REST_TEXT = """What is left has two parts, which the trees that are told the state set apart (with as many
households as by default): what no register holds, and what these trees rank worse although they are
told all that the true risk is told: **the model itself**. {verdict}
"""
OWN = """## Every run by its own labels

The whole cohort of each run (household-seasons, falls) judged by the labels of its own register, as
`huitou oracle` does: what an analyst would see. Best is `risk` where incomes are written down as they
are, else `told_risk`. The cohorts differ, so these gaps do not add up.
"""


def write_report(target: Path, found: Found) -> None:
    """Write the tables and what they mean."""
    table, drawn = found.of_all[FELL]
    steps, rest = parts(table, drawn, STEPS), parts(table, drawn, REST)
    gap = parts(table, drawn, {"gap": (RISK, DEFAULT)})
    both = pd.DataFrame({outcome: _figures(found.of_all[outcome][0]) for outcome in (FELL, RECORDED)})
    pieces = [
        _head(found),
        markdown(both.rename(columns={FELL: "true falls", RECORDED: "recorded falls"}), "AUC of"),
        PARTS.format(times=found.times, verdict=_verdict(steps, "what is left")),
        markdown(pd.DataFrame({"AUC": _figures(pd.concat([gap, steps]))}), "part"),
        REST_TEXT.format(verdict=_verdict(rest, "the model itself")),
        markdown(pd.DataFrame({"AUC": _figures(rest)}), "part"),
        "In the other order, lateness before reporting:\n",
        markdown(pd.DataFrame({"AUC": _figures(parts(table, drawn, OTHER_ORDER))}), "part"),
        "## The gap for recorded falls\n",
        "To the risk of a recorded fall, and to the true risk, which does not know how incomes are told:\n",
        markdown(pd.DataFrame({"AUC": _figures(_recorded(found))}), "gap"),
        OWN,
        markdown(_own(found.own), "run"),
        "## What was learned from\n",
        markdown(pd.DataFrame(found.trained).T, "run"),
    ]
    write_text(target, "\n".join(pieces))


def _head(found: Found) -> str:
    few, many = sorted(found.sharpness)
    noise = (found.sharpness[many] - found.sharpness[few]) / (many / few - 1)
    days = found.rows["as_of_date"].unique().sort().to_list()
    return HEAD.format(
        times=found.times,
        day=date.today().isoformat(),  # noqa: DTZ011 - the day it was run
        counties=found.rows["village_id"].str.slice(0, 6).n_unique(),
        n=len(found.rows),
        seasons=", ".join(one.isoformat() for one in days),
        fell=found.rows[FELL].sum(),
        recorded=found.rows[RECORDED].sum(),
        resamples=len(found.of_all[FELL][1][RISK]),
        futures=many,
        sharpness=", ".join(f"AUC {value:.4f} with {n}" for n, value in sorted(found.sharpness.items())),
        limit=found.sharpness[many] + noise,
        more=noise,
    )


def _recorded(found: Found) -> pd.DataFrame:
    table, drawn = found.of_all[RECORDED]
    return parts(table, drawn, {one: (one, DEFAULT) for one in (TOLD_RISK, RISK)})


def _own(own: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    rows = {
        name: {
            "household-seasons": str(table["n"].iloc[0]),
            "falls": str(table["n_positive"].iloc[0]),
            **_figures(table),
        }
        for name, table in own.items()
    }
    return pd.DataFrame(rows).T


def _figures(table: pd.DataFrame) -> pd.Series:
    return table.apply(lambda row: f"{row['value']:.4f} [{row['low']:.4f}, {row['high']:.4f}]", axis=1)


def _verdict(steps: pd.DataFrame, name: str) -> str:
    value = float(steps.loc[name, "value"])
    met = np.round(value, 4) <= MOST
    return f"Target: at most {MOST}. {name.capitalize()}: {value:.4f}, {'met' if met else '**missed**'}."
