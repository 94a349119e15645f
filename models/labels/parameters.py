"""The section ``cohort`` of the parameters: whom the model is about."""

from typing import Literal

from register.parameters import Section, parameter

#: From whom trees learn beside the cohort.
ALSO_BELOW = "also_below"


class CohortParameters(Section):
    """Whom the model is about."""

    categories: tuple[Literal["lifted_out", "ordinary"], ...] = parameter(
        "households looked after; 2026 rules cover all rural ones", source="DOMAIN 1.1", min_length=1
    )
    learns_from: Literal["cohort", "also_below"] = parameter(
        "whom trees learn from: cohort | also_below, of a panel those below the line too, never scored",
        default="cohort",
        source="past EPH seasons, docs/data_eph.md",
    )
