"""Sections of the studies: `huitou protocol` and `huitou tune`."""

from typing import Literal, Self

from pydantic import model_validator

from models.risk.parameters import TREES
from register.parameters import Section, parameter


class Splines(Section):
    """How the logistic regression bends."""

    knots: int = parameter("knots of a feature", ge=2)
    degree: int = parameter("degree of the pieces", ge=1)
    ridge: float = parameter("penalty of the coefficients; never tuned on a test", ge=0)


class ProtocolParameters(Section):
    """Other splits, learners and calibrations on a finished run."""

    parts: int = parameter(
        "parts of the households, of the regions and of the rows, each left out once", ge=2
    )
    region: Literal["county_id", "township_id"] = parameter(
        "column of the cohort held out as a region", source="EVALUATION 2"
    )
    splines: Splines = parameter("of the logistic regression that bends")


class Range(Section):
    """Least and most a parameter may be; whole numbers where both are, by order of magnitude if `log`."""

    low: int | float = parameter("least")
    high: int | float = parameter("most")
    log: bool = parameter("by order of magnitude", default=False)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not 0 < self.low < self.high:
            raise ValueError(f"found {self.low} to {self.high}, allowed is 0 < low < high; mend it")
        return self


class TuneParameters(Section):
    """A budget of trials before the first season judged; proposes, never applies."""

    trials: int = parameter("sets of parameters tried, the one in use first", ge=1)
    seed: int = parameter("seed of the sampler", ge=0)
    max_negatives: int = parameter("about as many negatives to train a trial on", unit="rows", ge=1)
    max_judged: int = parameter(
        "rows of drawn households from the last closed year, a quarter a round", unit="rows", ge=1
    )
    ranges: dict[str, Range] = parameter("least and most of a parameter of section model")

    @model_validator(mode="after")
    def _of_the_model(self) -> Self:
        stray = next((name for name in self.ranges if name not in TREES), None)
        if stray:
            raise ValueError(f"found ranges of {stray!r}, allowed are {', '.join(TREES)}; mend it")
        return self
