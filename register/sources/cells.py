"""One typed cell of a workbook or database as the text that a person would have typed."""

from datetime import date, datetime
from decimal import Decimal

#: A spreadsheet keeps 15 digits; what is longer has lost its end.
LARGEST_EXACT = 10**15


def text_of(value: object) -> str | None:
    """Write a value as text, without losing or adding a digit.

    Parameters
    ----------
    value : object
        Text, number, truth value, date or nothing.

    Returns
    -------
    str or None
        Dates as YYYY-MM-DD, with the time of day where there is one; None for nothing.

    Raises
    ------
    TypeError
        When the value is of another kind, such as bytes or a duration.

    Examples
    --------
    >>> [text_of(value) for value in (300.0, 0.1, True, datetime(2024, 3, 1), Decimal("1E+2"), "")]
    ['300', '0.1', 'true', '2024-03-01', '100', None]
    """
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST_EXACT else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is no text, number or date")
