"""The section ``promotion`` of the parameters: what a run must show before it may lead."""

from register.parameters import Section, parameter


class PairedParameters(Section):
    """How a run and the champion are compared."""

    resamples: int = parameter("resamples of clusters", source="EVALUATION 2", ge=1)
    seed: int = parameter("seed of the resamples", ge=0)
    min_clusters: int = parameter("with fewer villages households are drawn", source="EVALUATION 2", ge=0)


class LeakBound(Section):
    """Above what a figure is too good to be true."""

    everyone: float = parameter("AUC of all", unit="AUC", source="EVALUATION 5", alias="all", ge=0, le=1)
    returning: float = parameter(
        "AUC of those who fall again", unit="AUC", source="EVALUATION 5", alias="return", ge=0, le=1
    )


class LeakBounds(Section):
    """The bound of whatever data, and those of data that are known to allow more."""

    default: LeakBound = parameter("whatever the source, as on EPH", source="EVALUATION 5")
    by_source: dict[str, LeakBound] = parameter(
        "source kinds with a bound of their own", source="EVALUATION 5: what the oracle reaches is below"
    )

    def bound(self, source_kind: str) -> LeakBound:
        """Give the bound of a source kind."""
        return self.by_source.get(source_kind, self.default)


class CanaryParameters(Section):
    """What is tried in every training; docs/lifecycle.md."""

    rows: int = parameter(
        "rows of drawn households for permuted labels and single features", unit="rows", ge=1
    )
    households: int = parameter(
        "households whose future is scrambled, whole villages", unit="households", ge=1
    )
    single_feature_auc: float = parameter(
        "AUC above which one feature alone tells the label",
        unit="AUC",
        source="above any honest one (0.82 on EPH ENTRY)",
        ge=0,
        le=1,
    )
    decided_share: float = parameter(
        "share of the rows of a feature's value that fell, from which the value decides the label",
        unit="share",
        source="ADR 20",
        gt=0,
        le=1,
    )
    decided_positives: int = parameter(
        "rows that fell of a value that is looked at", unit="rows", source="ADR 20", ge=1
    )
    false_alarm: float = parameter("chance that a sound training fails a canary", gt=0, lt=1)
    seed: int = parameter("seed of the draws", ge=0)


class BiasParameters(Section):
    """How far mean risk may lie from what came true, either way."""

    pooled: float = parameter(
        "mean risk over the share that fell, less one, all judged seasons, read for the rise of the line "
        "that came; the report holds it to this too",
        unit="share",
        source="EVALUATION 2",
        ge=0,
    )
    season: float = parameter("likewise, of any one judged season", unit="share", source="EVALUATION 2", ge=0)
    absolute: float = parameter(
        "mean risk less the share that fell, for the rise that came and for the rise assumed: binds where "
        "many fall, so that no gate is wider than it was",
        unit="share",
        ge=0,
        le=1,
    )


class PromotionParameters(Section):
    """What a run must show before it may lead."""

    min_dates: int = parameter(
        "closed as-of dates a retraining must learn from, a year of seasons (never one date only)", ge=1
    )
    margin: float = parameter(
        "share of visits; how far below the champion's the lower bound of a run's hits may lie",
        unit="share",
        who="county office",
        ge=0,
        le=1,
    )
    paired: PairedParameters = parameter("of the comparison with the champion")
    bias: BiasParameters = parameter("mean risk beside what came true, either way", source="EVALUATION 2")
    slope: tuple[float, float] = parameter(
        "calibration slope on the judged seasons, least and most", source="EVALUATION 5"
    )
    group_gap: float = parameter(
        "recall at capacity between groups of one feature", unit="share", source="EVALUATION 2", ge=0, le=1
    )
    min_group_positives: int = parameter(
        "households of a group's value that fell; of fewer the recall is chance", unit="households", ge=1
    )
    groups_apart: tuple[str, ...] = parameter(
        "groups that are reported and not compared: known only of those who fell", source="EVALUATION 2"
    )
    leak_bound: LeakBounds = parameter(
        "AUC above it is a leak until an audit note says otherwise", unit="AUC"
    )
    canaries: CanaryParameters = parameter("tried in every training", source="docs/lifecycle.md")
