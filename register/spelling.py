"""Two ids that differ in look only: which folds make them one, and how such a difference is called."""

import re
import unicodedata
from collections.abc import Callable, Mapping

Fold = Callable[[str], str]

#: Nobody sees these; spreadsheets and web pages leave them in cells.
_UNSEEN = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]+")
_GUARD = re.compile(r'^="(.*)"$', re.DOTALL)
_SCIENTIFIC = re.compile(r"^(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})$")
_LEADING_ZEROS = re.compile(r"^0+(?=\w)")


def _expanded(text: str) -> str:
    """Write 5.3E+5 as 530000; what lost digits can no longer be told."""
    found = _SCIENTIFIC.match(text)
    if not found or len(found[2] or "") > int(found[3]):
        return text
    return (found[1] + (found[2] or "")).ljust(int(found[3]) + 1, "0")


#: Name (Chinese, English) -> fold, in the order they are undone: the outermost first.
FOLDS: Mapping[tuple[str, str], Fold] = {
    ('表格公式文本 ="…"', 'a text guard ="…"'): lambda text: _GUARD.sub(r"\1", text.strip()),
    ("前置撇号", "a leading apostrophe"): lambda text: text.strip().lstrip("'‘’`"),
    ("空白或不可见字符", "blanks or invisible characters"): lambda text: _UNSEEN.sub("", text),
    ("全角或变体字符", "full-width characters"): lambda text: unicodedata.normalize("NFKC", text),
    ("科学计数", "scientific notation"): _expanded,
    ("小数点 .0", "a decimal point"): lambda text: re.sub(r"^(\d+)\.0+$", r"\1", text),
    ("前导零", "leading zeros"): lambda text: _LEADING_ZEROS.sub("", text),
    ("大小写", "upper and lower case"): str.casefold,
}


def look(text: str) -> str:
    """Give what an id looks like when every fold is made.

    Examples
    --------
    >>> look('="H００1x"'), look("'h001X "), look("5.3E+5"), look("0530000.0")
    ('h001x', 'h001x', '530000', '530000')
    """
    return _folded(text)


def differences(one: str, other: str) -> tuple[str, str]:
    """Name what tells two ids of one look apart, in Chinese and in English.

    Examples
    --------
    >>> differences("'H1", "h1")
    ('前置撇号、大小写', 'a leading apostrophe, upper and lower case')
    """
    found = [name for name in FOLDS if _folded(one, name) != _folded(other, name)]
    return "、".join(zh for zh, _ in found), ", ".join(en for _, en in found)


def _folded(text: str, but: tuple[str, str] | None = None) -> str:
    for name, fold in FOLDS.items():
        if name != but:
            text = fold(text)
    return text
