"""What a yellow cell says: words as codes and days as dates, as far as only one meaning is left."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

import polars as pl

from register.cells.blanks import BLANKS, trimmed
from register.cells.several import SEPARATOR, parts
from register.reference.equivalents import equivalents
from register.seasons import months_later, season_end
from register.tables.lookbacks import LOOKBACKS
from watchlists.language import english

#: What hands put after a word; no word of the drop-downs ends so.
TRAILING = "。.,、;!?:…" + BLANKS
#: Year first, one separator throughout, perhaps the time of day; everything else is left to be refused.
DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])(?: \d{2}:\d{2}:\d{2})?", re.ASCII
)
#: Eight digits without a sign between them, as many systems write a day.
DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
#: A day whose year went without saying.
WITHOUT_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]", re.ASCII)
#: A list is worked through within so many months; a day that lies in them once has its year.
MONTHS_OF_A_LIST = 6


def plain(text: str) -> str:
    """Write full-width characters plainly and leave out blanks and marks after a word.

    Examples
    --------
    >>> plain(" 风险属实。"), plain("２０２６－０１－０５")
    ('风险属实', '2026-01-05')
    """
    return unicodedata.normalize("NFKC", text).strip(BLANKS).rstrip(TRAILING)


def contract_values(field: str, cells: pl.Series, season: str) -> pl.Series:
    """Write the cells of a column as the contract has them, where they say which word or day.

    Parameters
    ----------
    field : str
        Column of table ``lookbacks``.
    cells : Series of str
    season : str
        Of the list: it gives a day without a year its year.

    Returns
    -------
    Series of str
        What says no more than one thing; anything else as it was written.
    """
    codes = codes_by_word(field)
    texts = cells.to_frame("cell").select(trimmed(pl.col("cell")))["cell"]
    words = {text: _value(field, text, codes, season) for text in texts.unique().drop_nulls()}
    return texts.replace_strict(words, default=None, return_dtype=pl.String())


def codes_by_word(field: str) -> dict[str, str]:
    """Give the code of every word that may stand in a column: of its list, English or an equivalent."""
    meanings = LOOKBACKS.by_name[field].meanings
    own = {plain(zh): code for code, zh in meanings.items()} | {english(code): code for code in meanings}
    return {plain(word): code for word, code in equivalents().get(field, {}).items()} | own


def _value(field: str, text: str, codes: Mapping[str, str], season: str) -> str:
    column = LOOKBACKS.by_name[field]
    if column.kind == "date":
        return _day(text, season)
    if column.most:
        return _several(text, codes)
    return codes.get(plain(text), text)


def _several(text: str, codes: Mapping[str, str]) -> str:
    """Write several words as codes; blanks part them where what they part are words."""
    words = [plain(one) for one in parts(plain(text))]
    pieces = [one for word in words for one in ([word] if word in codes else word.split())]
    if not pieces or not all(one in codes for one in pieces):
        return text
    return SEPARATOR.join(dict.fromkeys(codes[one] for one in pieces))


def _day(text: str, season: str) -> str:
    bare = plain(text)
    if match := DAY.fullmatch(bare):
        month, day = match[3] or match[5], match[4] or match[6]
        return f"{match[1]}-{month:0>2}-{day:0>2}"
    if match := DIGITS.fullmatch(bare):
        return "-".join(match.groups())
    if match := WITHOUT_YEAR.fullmatch(bare):
        return _with_year(int(match[1]), int(match[2]), season) or text
    return text


def _with_year(month: int, day: int, season: str) -> str | None:
    """Give a day its year where it lies once in the months a list is worked through in."""
    first = season_end(season)
    last = months_later(first, MONTHS_OF_A_LIST)
    for year in {first.year, last.year}:
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if first <= meant <= last:
            return meant.isoformat()
    return None
