"""The prefectures that the gap to the true risk is taken apart with: one workspace each, run by the stages.

In all of them the same households live the same lives, are found and helped alike. What
differs is what is written down, when, and how many counties there are to learn from.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from models.labels.label_rules import OBSERVED
from register.atomic import write_text

BUILT = ("simulate", "ingest", "features")
STAGES = (*BUILT, "train")
#: The last season whose outcome is known by the register's end: what comes later is not looked at.
SEASON = "2024Q3"
#: What is written down is what was: no told incomes, no guessed causes, no spoilt or repeated rows.
TRUE = {"true_incomes": True, "cause_right_share": 1.0, "dirty_share": 0.0, "duplicate_share": 0.0}
#: Every record is entered in its month, and rightly at once; nothing is left to the autumn.
TIMELY = {"same_month_share": 1.0, "within_quarter_share": 1.0, "correction_share": 0.0}


@dataclass(frozen=True)
class Variant:
    """A prefecture to learn from.

    Attributes
    ----------
    is_true, is_timely : bool
        Whether incomes are written down as they are, and at once.
    times : int
        Counties over those of the parameters, whose own counties come first.
    futures : int
        Futures over those of the parameters; 0 works out no true risk, which is the same in all.
    """

    is_true: bool = False
    is_timely: bool = False
    times: int = 1
    futures: int = 0

    def params(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Give the parameters of its run.

        Where nothing is late, no label waits for late records; from more households more
        are drawn to train on.
        """
        told, model, label = (dict(params[name]) for name in ("simulator", "model", "label"))
        told |= (TRUE if self.is_true else {}) | (TIMELY if self.is_timely else {})
        told["counties"] *= self.times
        told["risk_seasons"] = told["risk_seasons"] if self.futures else []
        told["futures"] *= max(self.futures, 1)
        model["max_negatives"] *= self.times
        label["settle_months"] = 0 if self.is_timely else label["settle_months"]
        label["line_rise"] = OBSERVED  # the level it sets does not matter within a season
        return {
            **params,
            "season": SEASON,
            "simulator": told,
            "model": model,
            "label": label,
            # Draws go by household id: the same in every workspace, and on every machine.
            "privacy": {**params["privacy"], "pseudonymise": False, "key_file": "keys/pseudonym.key"},
            # Trainings of many households one after the other: they would not fit side by side.
            "compute": {
                **params["compute"],
                "threads": 1 if self.times > 1 else params["compute"]["threads"],
            },
        }


def run(
    variant: Variant, folder: Path, params: Mapping[str, Any], stages: Sequence[str] = STAGES
) -> dict[str, Any]:
    """Run stages in a folder of its own; what was run there with the same parameters is kept as it is.

    Returns
    -------
    dict
        The parameters of the run.
    """
    wanted = variant.params(params)
    text = yaml.safe_dump({"stages": list(stages), **wanted}, allow_unicode=True, sort_keys=False)
    done = folder / "done.yaml"
    if not (done.is_file() and done.read_text(encoding="utf-8") == text):
        done.unlink(missing_ok=True)
        write_text(folder / "params.yaml", yaml.safe_dump(wanted, allow_unicode=True, sort_keys=False))
        write_text(folder / "requirements.lock", Path("requirements.lock").read_text(encoding="utf-8"))
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "MLFLOW_TRACKING_URI": ""}
        for stage in stages:
            command = [sys.executable, "-m", f"pipelines.{stage}"]
            subprocess.run(command, cwd=folder, env=environment, check=True)
        write_text(done, text)
    return wanted
