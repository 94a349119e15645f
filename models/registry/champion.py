"""Who promoted which run, and the champion of each task that follows from it."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.labels.label_rules import CARRIED, FALLS, INCOME, OBSERVED, LabelRules
from models.labels.parameters import CohortParameters
from register.atomic import json_text
from register.errors import StoreError
from register.keys.sealed_chain import SealedChain
from register.keys.seals import read_sealed, write_sealed

#: Folder of the champions' files, which stages depend on.
CHAMPION = "champion"
PROMOTED, REFUSED, DEMOTED = "promoted", "refused", "demoted"
REMEDY = (
    "restore the folder runs/ from its last copy; without one, nothing else holds who promoted what: remove "
    "runs/decisions and runs/champion/*.json, and promote again"
)

Decision = Mapping[str, Any]


def task_of(source_kind: str, cohort: CohortParameters, label: LabelRules) -> dict[str, Any]:
    """Say which question a model answers: of whose data, of whom, and what.

    Examples
    --------
    >>> label = LabelRules(months=12, reading="window", resources_months=12, settle_months=3)
    >>> task_of("eph", CohortParameters(categories=("ordinary",)), label)["cohort"]
    {'categories': ['ordinary']}
    """
    # Tasks decided on before there were several outcomes name none: it was the first, and so with
    # resources. How the line is taken in the windows trained on, and whom trees learn from, are ways
    # to learn, not another question.
    passed_over = (
        ("outcome", FALLS),
        ("resources", INCOME),
        ("line_rise", OBSERVED),
        ("line_rise", CARRIED),
    )
    named = {name: value for name, value in label.written().items() if (name, value) not in passed_over}
    return {
        "source_kind": source_kind,
        "cohort": {"categories": cohort.written()["categories"]},
        "label": named,
    }


def standing(decisions: Sequence[Decision], task: Mapping[str, Any]) -> list[Decision]:
    """Give the promotions of a task that stand, the champion's last: each demotion takes one back."""
    promotions: list[Decision] = []
    for one in decisions:
        if one["task"] == task and one["action"] == PROMOTED:
            promotions.append(one)
        elif one["task"] == task and one["action"] == DEMOTED and promotions:
            promotions.pop()
    return promotions


def tasks_of(decisions: Sequence[Decision]) -> list[Mapping[str, Any]]:
    """Name every task something was decided about, once."""
    return list({json_text(one["task"]): one["task"] for one in decisions}.values())


class Championship:
    """The decisions taken, and beside them one small file a task that names its champion.

    The decisions are the truth. The file follows from them, is replaced by one rename,
    and is what stages depend on: a refusal changes no stage's input.

    Parameters
    ----------
    folder : Path
        Holds ``decisions/`` and `CHAMPION`.
    key_file : Path
        See `register.keys.seals`.
    """

    def __init__(self, folder: Path, key_file: Path) -> None:
        self._decisions = SealedChain(folder / "decisions", key_file, REMEDY)
        self._champions, self._key_file = folder / CHAMPION, key_file

    def decisions(self) -> list[dict[str, Any]]:
        """Read every decision, oldest first."""
        return self._decisions.entries()

    def decide(self, decision: Decision) -> None:
        """Take a decision: ``action, task, run, model_sha256, season, by, why, at`` and whatever else."""
        self._decisions.append(decision)
        self.follow()

    def follow(self) -> None:
        """Let the champions' files follow from the decisions: a kill may have come in between."""
        decisions = self.decisions()
        for task in tasks_of(decisions):
            stands, place = standing(decisions, task), self._place(task)
            wanted = _champion_record(stands[-1]) if stands else None
            if wanted is None:
                place.unlink(missing_ok=True)
            elif self._named(place) != wanted:
                write_sealed(place, wanted, self._key_file, CHAMPION)

    def champion(self, task: Mapping[str, Any]) -> dict[str, Any] | None:
        """Name the champion of a task: run, model_sha256, season, by, why, at; None without one.

        Raises
        ------
        StoreError
            When its file is damaged or sealed under another key.
        """
        place = self._place(task)
        if not place.exists():
            return None
        return read_sealed(place, self._key_file, "run huitou runs, which makes it anew", CHAMPION)

    def _named(self, place: Path) -> dict[str, Any] | None:
        try:
            return read_sealed(place, self._key_file, REMEDY, CHAMPION)
        except StoreError:
            return None

    def _place(self, task: Mapping[str, Any]) -> Path:
        return self._champions / f"{hashlib.sha256(json_text(task).encode()).hexdigest()[:12]}.json"


def _champion_record(decision: Decision) -> dict[str, Any]:
    return {name: decision[name] for name in ("run", "model_sha256", "season", "by", "why", "at", "task")}
