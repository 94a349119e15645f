"""What pages of a release may quote of the measurement of named causes, written with date and source."""

from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from models.causes.gate import STEPS
from register.atomic import write_text
from studies.fidelity.naming import FALLS, HITS, LATER
from studies.fidelity.naming_page import COMMAND, Judged, of_way
from watchlists.report.naming_truth import FILE

#: Of `watchlists.report.naming_truth.NamingTruth`, each with the figure it is.
QUOTED = {
    "right": f"right, {FALLS}",
    "right_hits": f"right, {HITS}",
    "named_falls": f"named, {FALLS}",
    "named_list": "named, the list",
    "named_later": f"named, {LATER}",
    "silence": "silence true",
}


def write_figures(judged: Judged, table: pd.DataFrame, day: date, target: Path = FILE) -> None:
    """Write what pages may quote (`watchlists.report.naming_truth`).

    Parameters
    ----------
    judged : Judged
        All that was measured; without a forecast nothing is written, as names have no steps.
    table : pandas.DataFrame
        The figures of every way (`studies.fidelity.naming_page.write_page`).
    day : date
        Of the measurement.
    target : Path
        The file.
    """
    if judged.steps is None:
        return
    truth, of_product = judged.truth, of_way(table, judged.product)
    entry = {
        "effective_from": day,
        "source": f"docs/naming.md, {COMMAND}; simulated prefecture",
        "seasons": sorted(truth.rows["season"].unique().to_list()),
        "falls": int(truth.groups[FALLS].sum()),
        "without_cause": truth.n_fell - int(truth.groups[FALLS].sum()),
        "hits": int(truth.groups[HITS].sum()),
        **{
            name: {end: _rounded(of_product[end][figure]) for end in ("value", "low", "high")}
            for name, figure in QUOTED.items()
        },
        **{step: _rounded(judged.steps[f"right, {FALLS}"][step]) for step in STEPS},
    }
    text = yaml.safe_dump([entry], sort_keys=False, default_flow_style=None, width=110, allow_unicode=True)
    write_text(target, f"# Written by {COMMAND}; do not edit.\n{text}")


def _rounded(share: float) -> float:
    return round(float(share), 3)
