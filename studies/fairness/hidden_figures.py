"""What the report of a simulated run may quote of the hidden poor, written with date and source."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import yaml

from models.evaluation.disclosure import rounded
from register.atomic import write_text
from watchlists.report.hidden_poor import FILE

COMMAND = "python -m studies.fairness"


def write_figures(hidden: pl.DataFrame, seasons: Sequence[str], day: date, target: Path = FILE) -> None:
    """Write what pages may quote (`watchlists.report.hidden_poor`).

    Parameters
    ----------
    hidden : DataFrame
        `studies.fairness.study.Findings.hidden`; the row without a group is everybody.
    seasons : sequence of str
        Judged.
    day : date
        Of the measurement.
    target : Path
        The file.
    """
    everybody = hidden.filter(group="").row(0, named=True)
    entry = {
        "effective_from": day,
        "source": f"docs/fairness.md, {COMMAND}; simulated prefecture",
        "seasons": sorted(seasons),
        "recorded": rounded(everybody["told"]),
        "coming": rounded(everybody["true"]),
        "reached": {
            name: round(everybody[f"{column}_reached"], 3)
            for name, column in (("recorded", "told"), ("coming", "true"))
        },
    }
    text = yaml.safe_dump([entry], sort_keys=False, default_flow_style=None, width=110, allow_unicode=True)
    write_text(target, f"# Written by {COMMAND}; do not edit.\n{text}")
