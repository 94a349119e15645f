"""All sections of the parameters, and the one door they come in by."""

from collections.abc import Mapping
from typing import Self

from pydantic import JsonValue, model_validator

from models.attribution.parameters import EndingHelpParameters
from models.evaluation.parameters import EvaluateParameters
from models.labels.label_rules import LabelRules
from models.labels.parameters import ALSO_BELOW, CohortParameters
from models.registry.parameters import PromotionParameters
from models.risk.parameters import ModelParameters
from pipelines.workspace.parameters.sections import (
    ComputeParameters,
    FeatureReportParameters,
    FeaturesParameters,
    WatchlistParameters,
)
from pipelines.workspace.parameters.studies import ProtocolParameters, TuneParameters
from register.errors import ParamsError
from register.intake.settings import IngestParameters
from register.keys.settings import PrivacyParameters
from register.parameters import Season, Section, parameter
from register.sources.open import SourceParameters
from simulator.settings import SimulatorParameters
from watchlists.report.parameters import HindsightParameters


class CountyParameters(Section):
    """What a county sets: params.yaml."""

    season: Season = parameter("quarter to list, judged as of its last day", who="analyst")
    source: SourceParameters = parameter("whose data")
    privacy: PrivacyParameters = parameter("what is hidden")
    ingest: IngestParameters = parameter("what a delivery may be like")
    cohort: CohortParameters = parameter("whom the model is about")
    label: LabelRules = parameter("what is foreseen")
    watchlist: WatchlistParameters = parameter("how many are visited, and what a list says")
    compute: ComputeParameters = parameter("what the machine gives")
    profiles: dict[str, dict[str, JsonValue]] = parameter("what a source kind sets first, by dotted names")

    @model_validator(mode="after")
    def _learns_from_what_can_be_read(self) -> Self:
        """Refuse to learn in a window from those below the line: nearly all of them "fall" in it again."""
        if self.cohort.learns_from == ALSO_BELOW and not self.label.is_panel:
            raise ParamsError(
                f"cohort.learns_from: found {self.cohort.learns_from!r} with label.reading "
                f"{self.label.reading}, allowed is cohort; in a window who is below the line already cannot "
                "fall below it, set cohort.learns_from=cohort"
            )
        return self


class MethodParameters(Section):
    """How the project learns, judges, promotes and looks back: method.yaml."""

    features: FeaturesParameters = parameter("how far back")
    model: ModelParameters = parameter("what is fitted")
    evaluate: EvaluateParameters = parameter("how models are judged")
    ending_help: EndingHelpParameters = parameter("when it is told what the model would say if help ended")
    promotion: PromotionParameters = parameter("what a run must show before it may lead")
    feature_report: FeatureReportParameters = parameter("how features are reported on")
    hindsight: HindsightParameters = parameter("what past lists are held against")


class SimulatedParameters(Section):
    """What the made-up prefecture is like: simulator.yaml."""

    simulator: SimulatorParameters = parameter("the made-up prefecture of source.kind simulator")


class StudiesParameters(Section):
    """What studies go by: studies.yaml."""

    protocol: ProtocolParameters = parameter("huitou protocol: other splits, learners and calibrations")
    tune: TuneParameters = parameter("huitou tune: a budget of trials")


class Parameters(CountyParameters, MethodParameters, SimulatedParameters, StudiesParameters):
    """Every number that steers a run."""


#: Which file holds which sections.
FILES: Mapping[str, type[Section]] = {
    "params.yaml": CountyParameters,
    "method.yaml": MethodParameters,
    "simulator.yaml": SimulatedParameters,
    "studies.yaml": StudiesParameters,
}
