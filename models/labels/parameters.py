"""The section ``cohort`` of the parameters: whom the model is about."""

from typing import Literal

from register.parameters import Section, parameter


class CohortParameters(Section):
    """Whom the model is about."""

    categories: tuple[Literal["lifted_out", "ordinary"], ...] = parameter(
        "households looked after; 2026 rules cover all rural ones", source="DOMAIN 1.1", min_length=1
    )
