"""What may be a county's id: it names a folder of the register and a file of the vault."""

import unicodedata
from collections.abc import Sequence

from register.errors import ContractError
from register.faults import Faults

#: Letters, marks and numbers of any script may stand in an id; of punctuation only these.
PUNCTUATION = "-_."
#: Letters and marks by their category that nobody sees (Unicode, Default_Ignorable_Code_Point).
UNSEEN = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
#: The longest Chinese county name with its prefecture's has 75 bytes; `.vault` and `.PID-TOKEN.tmp` of its
#: files stay far below the 255 that a file name may have.
MAX_BYTES = 78
#: Endings of the register's own files: a folder ``manifest.json`` would stand in the way of one.
OWN_ENDINGS = (".parquet", ".json", ".csv", ".md", ".tmp")
#: Characters of a refused id that a message shows.
LONGEST = 30
#: A run of digits that long is no place (a village has 12) but could be a person's number.
PERSONAL_DIGITS = 13
ALLOWED = (
    f"allowed are up to {MAX_BYTES} bytes of letters, digits, - and _, a dot inside, no file ending such as "
    f"{OWN_ENDINGS[0]}; correct it"
)


def is_county_id(text: str) -> bool:
    """Say whether a county may be called that.

    Examples
    --------
    >>> [is_county_id(text) for text in ("530901", "永德县", "a.b", "../a", "云南/昆明", ".a", "a.json", "")]
    [True, True, True, False, False, False, False, False]
    """
    return (
        0 < len(text.encode(errors="surrogatepass")) <= MAX_BYTES
        and all(letter in PUNCTUATION or _is_seen(letter) for letter in text)
        and text.strip(".") == text
        and not text.lower().endswith(OWN_ENDINGS)
    )


def refuse_county_id(text: str, place: str) -> None:
    """Refuse an id that no county may have.

    Parameters
    ----------
    text : str
    place : str
        Where it was found, for the message: a file with its row, a table, a folder.

    Raises
    ------
    ContractError
        The id is shown as far as it is harmless: escaped, and no number of a person.
    """
    if not is_county_id(text):
        raise ContractError(f"{place}: found county id {_printable(text)}, {ALLOWED}")


def refuse_county_ids(counties: Sequence[str]) -> None:
    """Refuse a source that names a county as none may be called, or two alike.

    Raises
    ------
    ContractError
        When an id is not allowed, or two would be one folder where letters' case and width
        make no difference.
    """
    taken: dict[str, str] = {}
    faults = Faults()
    for county in counties:
        with faults.gathered():
            refuse_county_id(county, "the delivery")
        like = taken.setdefault(unicodedata.normalize("NFKC", county).casefold(), county)
        with faults.gathered():
            _refuse_likeness(like, county)
    faults.refuse()


def _refuse_likeness(one: str, other: str) -> None:
    if one != other:
        raise ContractError(
            f"the delivery: found county ids {one!r} and {other!r}, which a disk may not tell apart; "
            "write one county in one way"
        )


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" and letter not in UNSEEN


def _printable(text: str) -> str:
    digits = "".join(letter if letter.isdigit() else " " for letter in text).split()
    if any(len(run) >= PERSONAL_DIGITS for run in digits):
        return "(a long number, not shown)"
    return f"{text[:LONGEST]!r}" + (
        f" and {len(text) - LONGEST} characters more" if len(text) > LONGEST else ""
    )
