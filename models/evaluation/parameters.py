"""The section ``evaluate`` of the parameters: how models are judged out of time."""

from typing import Annotated, Literal

from pydantic import Field

from register.parameters import Section, parameter

Percent = Annotated[int, Field(ge=1, le=100)]


class EvaluateParameters(Section):
    """How models are judged out of time."""

    origins: int = parameter(
        "seasons judged out of time, the latest closed ones", source="EVALUATION 2", ge=1
    )
    min_positives: int = parameter(
        "households known to have fallen, to judge a season and to train for it", unit="households", ge=1
    )
    bootstrap: int = parameter("resamples of clusters", source="EVALUATION 2", ge=1)
    cluster: Literal["village", "household"] = parameter(
        "drawn again as a whole: household, where villages are too few", source="EVALUATION 2"
    )
    near_line: float = parameter(
        "times the line: the line rule speaks below",
        unit="ratio",
        source="2020 rule for those to monitor, DOMAIN 1.1 [S3]",
        gt=0,
    )
    seed: int = parameter("seed of the bootstrap", ge=0)
    omission: float = parameter(
        "of the unlisted, share that may fall",
        unit="share",
        who="evaluators",
        source="DOMAIN 7.2 [S83]",
        ge=0,
        le=1,
    )
    bins: int = parameter("bins of the reliability table", ge=1)
    risk_bands: int = parameter(
        "bands of risk, equally many expected falls each, within which groups are compared", ge=1
    )
    shares: tuple[Percent, ...] = parameter(
        "cohort listed", unit="percent", source="EVALUATION 2", min_length=1
    )
