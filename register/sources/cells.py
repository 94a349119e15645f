"""One typed cell of a workbook or database as the text that a person would have typed."""

from datetime import date, datetime
from decimal import Decimal
from math import isnan

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
        Dates as YYYY-MM-DD, with the time of day and the zone where there are any, so that
        casting judges them as it does in a CSV; None for nothing and for NaN.

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
    if value.is_nan() if isinstance(value, Decimal) else isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        is_day = value.tzinfo is None and value.time() == datetime.min.time()
        return value.date().isoformat() if is_day else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST_EXACT else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.to_integral_value() if value == value.to_integral_value() else value, "f")
    raise TypeError(f"{type(value).__name__} is no text, number or date")


def kind_of(value: object) -> str | None:
    """Say what a value is (`register.cells.typed_cells.CELL_KINDS`); None for nothing.

    Examples
    --------
    >>> [kind_of(value) for value in (300.0, True, datetime(2024, 3, 1), "3-1", None)]
    ['number', 'flag', 'date', 'text', None]
    """
    kinds = {str: "text", bool: "flag", date: "date", int: "number", float: "number", Decimal: "number"}
    return next((kind for type_, kind in kinds.items() if isinstance(value, type_)), None)
