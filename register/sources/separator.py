"""What parts the cells of a CSV: read off its first line, or asked for where two would do."""

import re
from pathlib import Path

from register.errors import SourceError

COMMA = ","
SEPARATORS = {COMMA: "逗号 comma", ";": "分号 semicolon", "\t": "制表符 tab", "|": "竖线 vertical bar"}
#: Excel's own first line, which tells the separator and is no header.
_SEP_LINE = re.compile(r'"?sep=(.)"?[,;\t|]*', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_WIDE = "，；｜"


def separator_of(path: Path, text: str) -> tuple[str, bool]:
    r"""Find the separator of a file.

    Returns
    -------
    separator : str
        One of `SEPARATORS`; a comma where the first line holds none.
    has_sep_line : bool
        Whether the first line is a ``sep=`` line, above the header.

    Raises
    ------
    SourceError
        When another character, or more than one, could part the cells.

    Examples
    --------
    >>> separator_of(Path("a.csv"), "a;b\n1;2"), separator_of(Path("a.csv"), "sep=,\na,b")
    ((';', False), (',', True))
    """
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    sep_line = _SEP_LINE.fullmatch(first)
    if sep_line and sep_line[1] in SEPARATORS:
        return sep_line[1], True
    bare = _QUOTED.sub("", first)
    counts = {sign: bare.count(sign) for sign in SEPARATORS if sign in bare}
    others = [sign for sign in counts if sign != COMMA]
    wide = [sign for sign in _WIDE if sign in bare]
    if sep_line or (wide and not counts):
        raise SourceError(
            f"{path}: the cells are parted by {sep_line[1] if sep_line else wide[0]!r}, allowed are "
            f"{list(SEPARATORS.values())}; save the file as CSV UTF-8 (comma)"
        )
    if counts.get(COMMA, 0) >= max((counts[sign] for sign in others), default=0):
        return COMMA, False
    if len(counts) > 1:
        raise SourceError(
            f"{path}: the header holds {[SEPARATORS[sign] for sign in counts]}, so that the separator is "
            "not clear; save the file as CSV UTF-8 (comma)"
        )
    return others[0], False
