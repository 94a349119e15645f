"""A section of a test."""

from datetime import date

from register.parameters import Section, parameter


class Visits(Section):
    """A section."""

    n: int = parameter("how many", ge=1)
    until: date | None = parameter("last day", default=None)
    shares: tuple[float, float] = parameter("least and most", default=(0.0, 1.0))
    by_place: dict[str, int] = parameter("of places with a number of their own", default={})
