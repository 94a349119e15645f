"""Which model delivers: the champion where there is one for the task, else the season's own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from features.declaration import declared_features
from models.registry.champion import Championship, task_of
from models.registry.run_store import MANIFEST, RunStore
from models.registry.run_store import MODEL as MODEL_OF_RUN
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.atomic import sha256
from register.errors import ContractError, StoreError
from register.keys.seals import seal_key_file
from register.seasons import season_end
from watchlists.report.figure_words import MODELS, words_of

if TYPE_CHECKING:
    from models.risk.model import RiskModel

#: Written by `models.risk.storage`, which is slow to import.
MODEL_FACTS = "model.json"


@dataclass(frozen=True)
class DeliveringModel:
    """The model a season is listed with.

    Attributes
    ----------
    folder : Path
        Where it lies, verified.
    champion : mapping or None
        Run, by whom it was promoted, when and why; None for the season's own model.
    why_not : str
        Why no champion delivers, "" where one does.
    """

    folder: Path
    champion: Mapping[str, Any] | None
    why_not: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What a release's manifest says of it."""
        decision = self.champion or {}
        digest = sha256(self.folder / MANIFEST) if (self.folder / MANIFEST).is_file() else None
        promoted = {name: decision.get(name) for name in ("run", "by", "at", "why")}
        return {"model_sha256": digest, "delivered_by": promoted | {"not_promoted": self.why_not}}

    @property
    def kind(self) -> str:
        """Which kind of model it is (`models.training.selection.KINDS`); "" where nobody noted it."""
        path = self.folder / MODEL_FACTS
        return json.loads(path.read_bytes())["facts"].get("kind", "") if path.is_file() else ""

    @property
    def sentence(self) -> str:
        """Say in one line, Chinese and English, which model delivers."""
        return f"{self._who}{self._of_kind}"

    @property
    def _who(self) -> str:
        if self.champion is None:
            return f"本季模型，未经批准 the season's own model, not promoted: {self.why_not}"
        decision = self.champion
        who = f"批准 promoted by {decision['by']} on {decision['at'][:10]}: {decision['why']}"
        return f"在用模型 champion {decision['run']}, {who}"

    @property
    def _of_kind(self) -> str:
        return f"；类型 kind: {' '.join(words_of(MODELS, self.kind))}" if self.kind else ""


def store_of(workspace: Workspace, params: Parameters) -> RunStore:
    """Say where the runs of a workspace stand and what they are sealed under."""
    return RunStore(workspace.runs, seal_key_file(params.privacy))


def championship_of(workspace: Workspace, params: Parameters) -> Championship:
    """Say where the decisions of a workspace stand and what they are sealed under."""
    return Championship(workspace.runs, seal_key_file(params.privacy))


def delivery_of(workspace: Workspace, params: Parameters) -> DeliveringModel:
    """Find the model to list a season with.

    A champion that was trained for a later season has seen what came after and does not
    deliver an earlier one.

    Raises
    ------
    StoreError
        When the champion's file or its run is damaged or missing.
    ContractError
        When it wants features that are no longer declared.
    """
    champion = championship_of(workspace, params).champion(
        task_of(params.source.kind, params.cohort, params.label)
    )
    if champion is None:
        return DeliveringModel(workspace.final, None, "no champion for this source, cohort and label yet")
    if season_end(champion["season"]) > season_end(params.season):
        return DeliveringModel(workspace.final, None, f"the champion {champion['run']} was trained later")
    run = store_of(workspace, params).open(champion["run"])
    if run.model_digest != champion["model_sha256"]:
        raise StoreError(
            f"{run.folder}: not the model that was promoted; restore runs/ from its last copy, or step back "
            "to the champion before (huitou demote)"
        )
    return DeliveringModel(run.folder / MODEL_OF_RUN, champion)


def delivering_model(workspace: Workspace, params: Parameters) -> "RiskModel":
    """Load the model to list a season with; it asks for its own features only."""
    from models.risk.storage import load_model  # slow to import, and only those who score need it

    delivery = delivery_of(workspace, params)
    model = load_model(delivery.folder, params.compute.threads)
    declared = {one.name for one in declared_features()}
    unknown = [name for name in model.feature_names if name not in declared]
    if unknown:
        raise ContractError(
            f"{delivery.folder}: the model wants feature {unknown[0]} ({len(unknown)} such), which is not "
            "declared today; declare it again, promote a run of today's features (huitou promote), or step "
            "back (huitou demote)"
        )
    return model
