"""How much room a text takes in a cell: not every program fits rows by itself.

A column is as wide as Excel draws it; LibreOffice gives it six hundredths more. Letters
are as wide as in DejaVu Sans, which LibreOffice falls back on where the sheet's own font
is not installed, less those six hundredths: so neither cuts a text, and what is left
empty is the difference between the two.
"""

import re
from collections.abc import Iterable

from wcwidth import wcwidth

#: Of a column of `width` characters, in pixels of 1/96 inch; beside them stand the cell's margins.
PIXELS_OF_CHARACTER = 7
PIXELS_OF_POINT = 96 / 72
#: Height of a line over the size of its letters, in the tallest of the fonts that sheets are read in: with
#: Chinese in Noto Sans CJK, without in Microsoft YaHei.
CHINESE_LINE, OTHER_LINE = 1.44, 1.33
#: How much wider letters are in bold.
BOLD = 1.1
#: Above and below the lines of a row, in points.
MARGIN = 1.5
#: The most a row may have (ECMA-376 part 1, 18.3.1.73).
MOST_HEIGHT = 409.0
#: Of the size: Chinese and other wide signs, thin ones, the widest letters, all others.
WIDE, THIN, BROAD, OTHER = 1.0, 0.36, 0.92, 0.62
_THIN, _BROAD = frozenset("iljftrI .,;:!'|()[]-/"), frozenset("mMW%@w")
#: A line breaks between wide signs, at blanks and after hyphens, never within a word or number.
_PIECES = re.compile(r"[\x21-\u024f]+[ -]?|\s+|.", re.DOTALL)


def sign_width(sign: str) -> float:
    """Give the width of a sign as a share of the size of the letters.

    Examples
    --------
    >>> sign_width("户"), sign_width("m") > sign_width("a") > sign_width("i")
    (1.0, True)
    """
    if sign in _THIN:
        return THIN
    if sign in _BROAD:
        return BROAD
    return WIDE if wcwidth(sign) == 2 else OTHER * max(0, wcwidth(sign))


def line_heights(text: str, width: float, size: float) -> list[float]:
    """Wrap a text and give the height of every line as a share of the size of its letters.

    Parameters
    ----------
    text : str
    width : float
        Of the column, in characters as spreadsheets count them.
    size : float
        Of the letters, in points.

    Examples
    --------
    >>> line_heights("人均收入比一年前少1,800元", 14, 10.5), line_heights("a yard", 14, 10.5)
    ([1.44, 1.44], [1.33])
    """
    room = width * PIXELS_OF_CHARACTER / (size * PIXELS_OF_POINT)
    return [height for line in text.split("\n") for height in _wrapped(line, room)]


def row_height(cells: Iterable[tuple[object, float]], size: float, *, bold: bool = False) -> float:
    """Give the height in points that the tallest of a row's wrapped texts takes.

    Parameters
    ----------
    cells : iterable of (value, width)
        What is no text takes one line.
    size : float
        Of the letters, in points.
    bold : bool
        Whether the letters are bold, and so wider.
    """
    wide = size * BOLD if bold else size
    texts = [line_heights(value, width, wide) for value, width in cells if isinstance(value, str)]
    tallest = max([CHINESE_LINE, *map(sum, texts)])
    return min(MOST_HEIGHT, round(tallest * size + MARGIN, 1))


def _wrapped(line: str, room: float) -> list[float]:
    """Fill line after line; one stands as tall as the tallest of its fonts."""
    heights, used = [OTHER_LINE if line else CHINESE_LINE], 0.0
    for piece in _PIECES.findall(line):
        tall = CHINESE_LINE if not piece.isascii() else OTHER_LINE
        wide = sum(map(sign_width, piece))
        if wide > room:  # a word longer than a line begins one, and is broken wherever that ends
            heights += [tall] * (bool(used) + int(wide // room))
            used = wide % room
        elif used + sum(map(sign_width, piece.rstrip())) > room:
            heights, used = [*heights, tall], wide
        else:
            heights[-1], used = max(heights[-1], tall), used + wide
    return heights
