"""The section ``ending_help`` of the parameters: when it is told what the model would say if help ended."""

from typing import Annotated

from pydantic import Field

from register.parameters import Section, parameter

Probability = Annotated[float, Field(gt=0, lt=1)]


class EndingHelpParameters(Section):
    """From how many households on, and among which, ending a measure is told of."""

    withheld: bool = parameter(
        "no figure is told of any measure, whatever the counts below say",
        source="docs/ending_help.md: simulated seasons pass them with the wrong sign",
    )
    least: int = parameter(
        "households under a measure; tried on fewer, it cannot be read off the register",
        unit="households",
        ge=1,
    )
    least_clusters: int = parameter(
        "villages they live in (evaluate.cluster); fewer are too few to draw again",
        unit="villages",
        source="EVALUATION 2",
        ge=2,
    )
    least_without: int = parameter(
        "households like it without the measure; with fewer no figure is told of a household",
        unit="households",
        ge=0,
    )
    bands: tuple[Probability, ...] = parameter(
        "edges of the bands of risk within which households are alike", unit="probability"
    )
