"""How sure an income line is, read from what it rests on."""

from typing import get_args

from register.reference.cited import Status

#: How the origin of a line begins that a delivery brings.
DELIVERED = "delivered"
SOURCED: Status = "sourced"


def status_of(origin: str) -> Status:
    """Tell the status of a line from its origin, which begins with it.

    Parameters
    ----------
    origin : str
        As `register.reference.income_lines` and `register.sources.lines` write it. A delivered line
        that says nothing else was stated by the office that delivered it.

    Examples
    --------
    >>> status_of("interpolated: between 8,050 and 8,700"), status_of("delivered: a letter")
    ('interpolated', 'sourced')
    >>> status_of("delivered, unverified: by telephone")
    'unverified'
    """
    words = origin.partition(":")[0].split(", ")
    return next((one for one in get_args(Status) if one in words), SOURCED)


def delivered_origin(status: Status, source: str) -> str:
    """Write what a delivered line rests on.

    Examples
    --------
    >>> delivered_origin("sourced", "a letter"), delivered_origin("interpolated", "between two letters")
    ('delivered: a letter', 'delivered, interpolated: between two letters')
    """
    return f"{DELIVERED}: {source}" if status == SOURCED else f"{DELIVERED}, {status}: {source}"
