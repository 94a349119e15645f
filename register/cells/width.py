"""How wide a text is on a screen or in a cell, where a Chinese character takes two places."""

from wcwidth import wcwidth


def text_width(text: str) -> int:
    """Count the places a text takes.

    Parameters
    ----------
    text : str
        On one line; what has no width of its own, such as a line break, counts nothing.

    Examples
    --------
    >>> text_width("户编号 id")
    9
    """
    return sum(max(0, wcwidth(sign)) for sign in text)


def padded(text: str, width: int) -> str:
    """Fill a text with blanks up to a width.

    Examples
    --------
    >>> padded("户", 4) + "|"
    '户  |'
    """
    return text + " " * (width - text_width(text))
