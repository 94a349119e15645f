"""All sections of the parameters, and the one door they come in by."""

from pydantic import JsonValue

from models.evaluation.parameters import EvaluateParameters
from models.labels.label_rules import LabelRules
from models.labels.parameters import CohortParameters
from models.registry.parameters import PromotionParameters
from models.risk.parameters import ModelParameters
from pipelines.workspace.parameters.sections import (
    ComputeParameters,
    FeatureReportParameters,
    FeaturesParameters,
    WatchlistParameters,
)
from pipelines.workspace.parameters.studies import ProtocolParameters, TuneParameters
from register.intake.settings import IngestParameters
from register.keys.settings import PrivacyParameters
from register.parameters import Season, Section, parameter
from register.sources.settings import SourceParameters
from simulator.settings import Settings as SimulatorParameters
from watchlists.report.parameters import HindsightParameters


class Parameters(Section):
    """Every number that steers a run."""

    season: Season = parameter("quarter to list, judged as of its last day", who="analyst")
    source: SourceParameters = parameter("whose data")
    privacy: PrivacyParameters = parameter("what is hidden")
    ingest: IngestParameters = parameter("what a delivery may be like")
    features: FeaturesParameters = parameter("how far back")
    cohort: CohortParameters = parameter("whom the model is about")
    label: LabelRules = parameter("what is foreseen")
    model: ModelParameters = parameter("what is fitted")
    evaluate: EvaluateParameters = parameter("how models are judged")
    promotion: PromotionParameters = parameter("what a run must show before it may lead")
    feature_report: FeatureReportParameters = parameter("how features are reported on")
    hindsight: HindsightParameters = parameter("what past lists are held against")
    protocol: ProtocolParameters = parameter("huitou protocol: other splits, learners and calibrations")
    tune: TuneParameters = parameter("huitou tune: a budget of trials")
    compute: ComputeParameters = parameter("what the machine gives")
    watchlist: WatchlistParameters = parameter("how many are visited, and what a list says")
    simulator: SimulatorParameters = parameter("the made-up prefecture of source.kind simulator")
    profiles: dict[str, dict[str, JsonValue]] = parameter("what a source kind sets first, by dotted names")
