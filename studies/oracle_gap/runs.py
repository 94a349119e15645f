"""The prefectures that the gap to the true risk is taken apart with: one workspace each, run by the stages.

In all of them the same households live the same lives, are found and helped alike. What
differs is what is written down, when, and how many counties there are to learn from.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml

from models.labels.label_rules import OBSERVED
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.files import write
from register.atomic import write_text

BUILT = ("simulate", "ingest", "features")
STAGES = (*BUILT, "train")
#: The last season whose outcome is known by the register's end: what comes later is not looked at.
SEASON = "2024Q3"
#: What is written down is what was: no told incomes, no guessed causes, no spoilt or repeated rows.
TRUE = {"true_incomes": True, "cause_right_share": 1.0, "dirty_share": 0.0, "duplicate_share": 0.0}
#: With more households more rows of either label are learned from.
DRAWN = ("max_negatives", "max_positives")
#: Every record is entered in its month, and rightly at once; nothing is left to the autumn.
TIMELY = {"same_month_share": 1.0, "within_quarter_share": 1.0, "correction_share": 0.0}


class Prefecture(Protocol):
    """What is run: parameters changed from those of the folder a study stands in."""

    def params(self, params: Parameters) -> Parameters:
        """Give the parameters of its run."""


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

    def params(self, params: Parameters) -> Parameters:
        """Give the parameters of its run.

        Where nothing is late, no label waits for late records; from more households more
        are drawn to train on.
        """
        written, label = params.simulator, params.label
        simulator = {
            **(TRUE if self.is_true else {}),
            **(TIMELY if self.is_timely else {}),
            "counties": written.counties * self.times,
            "risk_seasons": written.risk_seasons if self.futures else (),
            "futures": written.futures * max(self.futures, 1),
        }
        # The level that the line's rise sets does not matter within a season.
        timely = {"settle_months": 0 if self.is_timely else label.settle_months, "line_rise": OBSERVED}
        # Draws go by household id: the same in every workspace, and on every machine.
        own_ids = {"pseudonymise": False, "key_file": "keys/pseudonym.key"}
        # Trainings of many households one after the other: they would not fit side by side.
        threads = 1 if self.times > 1 else params.compute.threads
        changed = {
            "season": SEASON,
            "simulator": written.model_copy(update=simulator),
            "model": params.model.model_copy(
                update={one: getattr(params.model, one) * self.times for one in DRAWN}
            ),
            "label": label.model_copy(update=timely),
            "privacy": params.privacy.model_copy(update=own_ids),
            "compute": params.compute.model_copy(update={"threads": threads}),
        }
        return params.model_copy(update=changed)


def run(
    prefecture: Prefecture, folder: Path, params: Parameters, stages: Sequence[str] = STAGES
) -> Parameters:
    """Run stages in a folder of its own; what was run there with the same parameters is kept as it is.

    Returns
    -------
    parameters.Parameters
        Those of the run.
    """
    wanted = prefecture.params(params)
    written = yaml.safe_dump(wanted.written(), allow_unicode=True, sort_keys=False)
    text = f"stages: [{', '.join(stages)}]\n{written}"
    done = folder / "done.yaml"
    if not (done.is_file() and done.read_text(encoding="utf-8") == text):
        done.unlink(missing_ok=True)
        write(wanted, folder)
        write_text(folder / "requirements.lock", Path("requirements.lock").read_text(encoding="utf-8"))
        run_stages(folder, stages)
        write_text(done, text)
    return wanted


def run_stages(folder: Path, stages: Sequence[str]) -> None:
    """Run stages in a folder with parameters, by the code the study stands in; none is tracked elsewhere."""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "MLFLOW_TRACKING_URI": ""}
    for stage in stages:
        command = [sys.executable, "-m", f"pipelines.stages.{stage}"]
        subprocess.run(command, cwd=folder, env=environment, check=True)
