"""What delivers: the champion where there is one for the task, else the season's own model or an order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from features.declaration import declared_features
from models.ranking.ranking import INCOME, RULES, Order, Ranking
from models.registry.champion import Championship, task_of
from models.registry.run_store import MANIFEST, RunStore
from models.registry.run_store import MODEL as MODEL_OF_RUN
from models.risk.storage import MODEL, load_model
from models.risk.trial import refuse_deadly
from pipelines.workspace.listing import order_instead
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.atomic import sha256
from register.errors import ContractError, ParamsError, StoreError
from register.keys.seals import seal_key_file
from register.seasons import season_end
from watchlists.label_wording import UNTESTED
from watchlists.report.figure_words import MODELS, words_of

if TYPE_CHECKING:
    from models.risk.model import RiskModel


@dataclass(frozen=True)
class DeliveringModel:
    """The model a season is listed with.

    Attributes
    ----------
    folder : Path
        Where it lies, verified; of a published order where the season's own model would lie.
    champion : mapping or None
        Run, by whom it was promoted, when and why; None for the season's own model.
    why_not : str
        Why no champion delivers, "" where one does.
    order : str
        The published order that lists instead (`models.ranking.ranking`), "" where a model does.
    why_order : (str, str)
        Why it does, Chinese and English.
    is_foreign : bool
        Whether it was trained at another place, so that nobody knows how well it does here.
    """

    folder: Path
    champion: Mapping[str, Any] | None
    why_not: str = ""
    order: Order | Literal[""] = ""
    why_order: tuple[str, str] = ("", "")
    is_foreign: bool = False

    @property
    def facts(self) -> dict[str, Any]:
        """What a release's manifest says of it."""
        decision = self.champion or {}
        is_model = not self.order and (self.folder / MANIFEST).is_file()
        promoted = {name: decision.get(name) for name in ("run", "by", "at", "why")}
        return {
            "model_sha256": sha256(self.folder / MANIFEST) if is_model else None,
            "delivered_by": promoted
            | {"not_promoted": self.why_not, "order": self.order, "is_foreign": self.is_foreign},
        }

    @property
    def kind(self) -> str:
        """Which kind it is (`models.training.selection.KINDS`, or an order); "" where nobody noted it."""
        if self.order:
            return self.order
        path = self.folder / MODEL
        return json.loads(path.read_bytes())["facts"].get("kind", "") if path.is_file() else ""

    @property
    def sentence(self) -> str:
        """Say in one line, Chinese and English, which model delivers."""
        return f"{self._who}{self._of_kind}{self._untrained}"

    @property
    def _untrained(self) -> str:
        zh, en = self.why_order
        return f"；{zh}。{en}." if self.order else ""

    @property
    def _who(self) -> str:
        if self.order:
            return (
                "公布的排序，没有训练模型，不给出概率 a published order, no trained model and no probability"
            )
        if self.is_foreign:
            return " ".join(UNTESTED)
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
    """Find what to list a season with.

    A champion that was trained for a later season has seen what came after and does not
    deliver an earlier one. A model of another place, or an order, that is asked for by name
    lists whatever champion there is.

    Raises
    ------
    StoreError
        When the champion's file or its run is damaged or missing.
    ContractError
        When it wants features that are no longer declared.
    """
    if params.model.of_another_place:
        return _foreign(Path(params.model.of_another_place))
    champion = championship_of(workspace, params).champion(
        task_of(params.source.kind, params.cohort, params.label)
    )
    if champion is None:
        return _own(workspace, params, "no champion for this source, cohort and label yet")
    if season_end(champion["season"]) > season_end(params.season):
        return _own(workspace, params, f"the champion {champion['run']} was trained later")
    if params.model.kind in (RULES, INCOME):
        return _own(workspace, params, f"model.kind is {params.model.kind}")
    run = store_of(workspace, params).open(champion["run"])
    if run.model_digest != champion["model_sha256"]:
        raise StoreError(
            f"{run.folder}: not the model that was promoted; restore runs/ from its last copy, or step back "
            "to the champion before (huitou demote)"
        )
    return DeliveringModel(run.folder / MODEL_OF_RUN, champion)


def _foreign(folder: Path) -> DeliveringModel:
    """List with a model that was trained at another place, if there is one."""
    if not (folder / MODEL).is_file():
        raise ParamsError(
            f"model.of_another_place: found no {MODEL} in {folder}, allowed is the folder of a model; "
            "give the folder model of a run (runs/RUN/model) as that place sent it"
        )
    return DeliveringModel(folder, None, "a model of another place", is_foreign=True)


def _own(workspace: Workspace, params: Parameters, why_not: str) -> DeliveringModel:
    """List with the season's own model, or with an order where that may not."""
    instead = order_instead(workspace, params)
    return DeliveringModel(workspace.final, None, why_not, *(instead or ()))


def delivering_model(workspace: Workspace, params: Parameters) -> "RiskModel | Ranking":
    """Load what to list a season with; a model asks for its own features only."""
    delivery = delivery_of(workspace, params)
    if delivery.order:
        return Ranking.of(delivery.order, params.model.rule_counts_as)
    if delivery.is_foreign:
        refuse_deadly(delivery.folder)
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
