"""What is read off features: each at least so much, or below so much."""

from typing import Self

from pydantic import model_validator

from register.parameters import parameter
from register.reference.cited import Worded


class Condition(Worded):
    """Met where every feature is `at_least` so much, and `below` so much."""

    at_least: dict[str, float] = parameter("features, each with the least it is")
    below: dict[str, float] = parameter("features, each with what it stays below")

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        """Refuse an entry that every household would meet."""
        if not self.at_least and not self.below:
            raise ValueError("no number to go by; write at_least or below: {FEATURE: NUMBER}")
        return self
