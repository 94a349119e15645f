"""What pages of a release may quote of the measurement of named causes, written with date and source."""

from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from register.atomic import write_text
from studies.fidelity.naming import FALLS, HITS, LATER
from studies.fidelity.naming_page import COMMAND, Judged
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
    """Write what pages may quote (`watchlists.report.naming_truth`)."""
    truth, of_product = judged.truth, table.loc[judged.product]
    right = [] if judged.steps is None else judged.steps[f"right, {FALLS}"].to_dict().items()
    entry = {
        "effective_from": day,
        "source": f"docs/naming.md, {COMMAND}; simulated prefecture",
        "seasons": sorted(truth.rows["season"].unique().to_list()),
        "falls": int(truth.groups[FALLS].sum()),
        "without_cause": truth.n_fell - int(truth.groups[FALLS].sum()),
        "hits": int(truth.groups[HITS].sum()),
        **{
            name: {end: round(float(value), 3) for end, value in of_product.loc[figure].items()}
            for name, figure in QUOTED.items()
        },
        **{step: round(float(value), 3) for step, value in right},
    }
    text = yaml.safe_dump([entry], sort_keys=False, default_flow_style=None, width=110, allow_unicode=True)
    write_text(target, f"# Written by {COMMAND}; do not edit.\n{text}")
