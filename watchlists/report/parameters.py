"""The section ``hindsight`` of the parameters, and what a report reads of them all."""

from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

from pydantic import AfterValidator

from models.evaluation.parameters import EvaluateParameters
from models.labels.label_rules import LabelRules
from models.labels.parameters import CohortParameters
from models.registry.parameters import PromotionParameters
from register.parameters import Section, parameter
from watchlists.release.parameters import ShadowParameters
from watchlists.visits.must_visits import MustVisitParameters

if TYPE_CHECKING:
    from models.risk.parameters import ModelParameters
    from register.intake.settings import IngestParameters
    from register.sources.open import SourceParameters

Edge = TypeVar("Edge", int, float)


def _rising(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    if list(edges) != sorted(set(edges)):
        raise ValueError(f"found {list(edges)}, allowed are numbers that rise; mend it")
    return edges


Rising = AfterValidator(_rising)


class BandsParameters(Section):
    """Between which look-backs are told of; a value on an edge belongs to the band above it."""

    risk: Annotated[tuple[float, ...], Rising] = parameter("risk in 12 months", unit="probability")
    rank: Annotated[tuple[int, ...], Rising] = parameter(
        "visiting order in the township: first three, next four, the rest"
    )


class DriftParameters(Section):
    """How this season is held against earlier ones."""

    rows: int = parameter("about as many rows of either side, all of drawn households", unit="rows", ge=1)
    psi: Annotated[tuple[float, float], Rising] = parameter(
        "population stability index: small below the first, large from the second", source="Siddiqi 2006"
    )
    named: int = parameter("features named, those that drifted most", ge=0)


class HindsightParameters(Section):
    """What past lists are held against."""

    bands: BandsParameters = parameter("between which look-backs are told of")
    drift: DriftParameters = parameter("how far the season has drifted away")
    shadow: ShadowParameters = parameter("what would stop the use of a model, beside the gates of promotion")


class ListParameters(Protocol):
    """What the papers tell of how the list is made."""

    @property
    def must_visit(self) -> MustVisitParameters:
        """Whose visits duties use, and how rules are tightened."""


class ReportParameters(Protocol):
    """What the papers of a release tell of the parameters."""

    @property
    def season(self) -> str:
        """The season listed."""

    @property
    def source(self) -> "SourceParameters":
        """Whose data."""

    @property
    def ingest(self) -> "IngestParameters":
        """What was let in, and on whose signature."""

    @property
    def cohort(self) -> CohortParameters:
        """Whom the model is about."""

    @property
    def label(self) -> LabelRules:
        """What is foreseen."""

    @property
    def model(self) -> "ModelParameters":
        """How a margin is read."""

    @property
    def evaluate(self) -> EvaluateParameters:
        """How models were judged."""

    @property
    def promotion(self) -> PromotionParameters:
        """What a run must show."""

    @property
    def watchlist(self) -> "ListParameters":
        """How the list is made."""

    @property
    def hindsight(self) -> HindsightParameters:
        """What past lists are held against."""
