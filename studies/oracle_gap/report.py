"""The report of `studies.oracle_gap.comparison`: docs/oracle_gap.md."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import fill

import pandas as pd

from register.atomic import write_text
from studies.fidelity.report import markdown
from studies.oracle_gap.comparison import (
    DEFAULT,
    OTHER_ORDER,
    REST,
    RISK,
    STEPS,
    TOLD_RISK,
    Comparison,
)
from studies.oracle_gap.figures import FELL, RECORDED, parts

#: AUC that may be left to the model itself (project).
MOST = 0.01

HEAD = """# The gap to the true risk, taken apart

Written by `python -m studies.oracle_gap --times {times}` on {day}; do not edit. All data are
simulated ([simulator.md](simulator.md)).

How much better would the true risk rank households than the model does, and why? {short}

The same {counties} counties are written down in several ways. In all of them the same households live
the same lives, are found and helped alike; only the register differs:

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
last two runs nothing else is trained (`studies/oracle_gap/trees.py`). Labels learned from
are read as the line rose (`label.line_rise: observed`), in every run alike: how the default reads them
([ADR 13](adr/0013-the-line-changes-as-it-did-last.md)) sets the level of a risk, hardly its order within
a season.

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
SHORT = """For true falls the gap is {gap:.4f} AUC: {reporting:.4f} because incomes are told and not
measured, {lateness:.4f} because records are late, {sample_size:.4f} because there are not {times} times
as many households to learn from. {left:.4f} is left after that. About {unheld:.4f} is what no register
holds, {model:.4f} the model itself (target: at most {most}, {met}). By the recorded falls that the default
model is trained on and judged by, it is {own:.4f} below the best ranking of such falls and {true:.4f}
below the true risk.
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


def write_report(target: Path, comparison: Comparison) -> None:
    """Write the tables and what they mean."""
    table, drawn = comparison.of_all[FELL]
    gap, steps, rest, other = (
        parts(table, drawn, one) for one in ({"gap": (RISK, DEFAULT)}, STEPS, REST, OTHER_ORDER)
    )
    by_outcome = {
        "true falls": _figures(table),
        "recorded falls": _figures(comparison.of_all[RECORDED][0]),
    }
    pieces = [
        _filled(HEAD, **_facts(comparison), short=_short(comparison, gap, steps, rest)),
        markdown(pd.DataFrame(by_outcome), "AUC of"),
        _filled(PARTS, times=comparison.times, verdict=_verdict(steps, "what is left")),
        _table(pd.concat([gap, steps])),
        _filled(REST_TEXT, verdict=_verdict(rest, "the model itself")),
        _table(rest),
        "In the other order, lateness before reporting:\n",
        _table(other),
        "## The gap for recorded falls\n",
        "To the risk of a recorded fall, and to the true risk, which does not know how incomes are told:\n",
        _table(_recorded(comparison)),
        OWN,
        markdown(_own(comparison.own), "run"),
        "## What was learned from\n",
        markdown(pd.DataFrame(comparison.trained).T, "run"),
    ]
    write_text(target, "\n".join(pieces))


def _filled(text: str, **facts: object) -> str:
    """Fill a text in and break its lines anew."""
    paragraphs = re.split(r"\n\n|\n(?=- )", text.format(**facts).strip())
    broken = [
        one if one.startswith("#") else fill(" ".join(one.split()), 104, subsequent_indent=_indent(one))
        for one in paragraphs
    ]
    return "\n\n".join(broken) + "\n"


def _indent(paragraph: str) -> str:
    return "  " if paragraph.startswith("- ") else ""


def _facts(comparison: Comparison) -> dict[str, object]:
    few, many = sorted(comparison.sharpness)
    noise = (comparison.sharpness[many] - comparison.sharpness[few]) / (many / few - 1)
    days = comparison.rows["as_of_date"].unique().sort().to_list()
    return {
        "times": comparison.times,
        "day": date.today().isoformat(),  # noqa: DTZ011 - the day it was run
        "counties": comparison.rows["village_id"].str.slice(0, 6).n_unique(),
        "n": len(comparison.rows),
        "seasons": ", ".join(one.isoformat() for one in days),
        "fell": comparison.rows[FELL].sum(),
        "recorded": comparison.rows[RECORDED].sum(),
        "resamples": len(comparison.of_all[FELL][1][RISK]),
        "futures": many,
        "sharpness": ", ".join(
            f"AUC {value:.4f} with {n}" for n, value in sorted(comparison.sharpness.items())
        ),
        "limit": comparison.sharpness[many] + noise,
        "more": noise,
    }


def _short(comparison: Comparison, gap: pd.DataFrame, steps: pd.DataFrame, rest: pd.DataFrame) -> str:
    of = {str(name): float(value) for one in (gap, steps, rest) for name, value in one["value"].items()}
    recorded = _recorded(comparison)["value"]
    return SHORT.format(
        gap=of["gap"],
        **{name.replace(" ", "_"): of[name] for name in ("reporting", "lateness", "sample size")},
        times=comparison.times,
        left=of["what is left"],
        unheld=of["what no register holds"],
        model=of["the model itself"],
        most=MOST,
        met=_met(of["the model itself"]),
        own=recorded[TOLD_RISK],
        true=recorded[RISK],
    )


def _recorded(comparison: Comparison) -> pd.DataFrame:
    table, drawn = comparison.of_all[RECORDED]
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


def _table(differences: pd.DataFrame) -> str:
    return markdown(pd.DataFrame({"AUC": _figures(differences)}), "part")


def _figures(table: pd.DataFrame) -> pd.Series:
    return table.apply(lambda row: f"{row['value']:.4f} [{row['low']:.4f}, {row['high']:.4f}]", axis=1)


def _verdict(steps: pd.DataFrame, name: str) -> str:
    value = steps["value"].astype(float)[name]
    return f"Target: at most {MOST}. {name.capitalize()}: {value:.4f}, {_met(value)}."


def _met(value: float) -> str:
    return "met" if round(value, 4) <= MOST else "**missed**"
