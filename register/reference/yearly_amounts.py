"""Amounts a head and year that a province, or a county of its own, sets or publishes."""

from register.parameters import parameter
from register.reference.cited import Cited, Status


class YearlyAmount(Cited):
    """What holds in a region from a day on."""

    region_id: str = parameter("province or county (GB/T 2260), in quotes", min_length=6)
    yuan_per_person_year: float = parameter("amount a head", unit="yuan a year", gt=0)
    status: Status = parameter("what a document says of it")


def province_of(region_id: str) -> str:
    """Give the code of the province a county lies in (GB/T 2260); a province is its own.

    Examples
    --------
    >>> province_of("532328")
    '530000'
    """
    return f"{region_id[:2]}0000"
