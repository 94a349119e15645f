"""What spreadsheets and keyboards do to ids, and what a citizen's number must add up to."""

import polars as pl

#: What a spreadsheet makes of a long number: its last digits are gone.
SCIENTIFIC = r"^[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+$|^[0-9]+\.[0-9]+$"
#: A double holds 15 digits; a spreadsheet sets the further ones to zero (RELIABILITY M14).
ZEROED = r"^[0-9]{15}0+$"
LONG = r"^[0-9]{16,}$"
#: By chance a tenth of such ids ends in a zero; above this share it is no chance.
MOST = 0.5
#: What a spreadsheet makes of 3-1 or 2024-3-1 and a CSV no longer shows to be a date.
AS_DATE = "|".join(
    (
        r"^[0-9]{1,2}月[0-9]{1,2}日$",
        r"^[0-9]{1,2}-[A-Z][a-z]{2}$",
        r"^[A-Z][a-z]{2}-[0-9]{2}$",
        r"^[0-9]{4}(/[0-9]{1,2}){2}$",
    )
)
#: Full-width digits and letters, and characters nobody sees or every font shows differently.
LOOKALIKE = r"[\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\p{Cf}\p{Cc}\p{Co}]"
#: GB 11643-1999: weights of the first 17 digits, and the last character by remainder.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


def cut_short(ids: pl.Series) -> pl.Series:
    """Mark the ids that a spreadsheet wrote as a number with a point or a power: digits are gone.

    Examples
    --------
    >>> cut_short(pl.Series(["5.3E+17", "530622.0", "0053", None])).to_list()
    [True, True, False, False]
    """
    return ids.str.contains(SCIENTIFIC).fill_null(value=False)


def zeroed(ids: pl.Series, kinds: pl.Series | None = None) -> pl.Series:
    """Mark the ids that end in zeros as a spreadsheet leaves them where it rounds.

    An id of 16 or more digits that ends in zeros after the 15th is doubted where its cell is a
    number. Where nobody says what cells are, as in CSV, the column must show that a spreadsheet
    took it for numbers: it rounds a whole column, so most of such long ids end in zeros,
    or some are written with a power. A text, a valid citizen's number, and an id whose neighbour
    is there too are never doubted.

    Parameters
    ----------
    ids : Series of str
        A whole column; missing stays unmarked.
    kinds : Series of `register.cells.typed_cells.CELL_KINDS`, optional
        What the cells are.

    Returns
    -------
    Series of bool

    References
    ----------
    RELIABILITY M14.

    Examples
    --------
    >>> zeroed(pl.Series(["530622198001010000", "530622198001020000", "0053", None])).to_list()
    [True, True, False, False]
    >>> zeroed(pl.Series(["5306221980010110", "5306221980010123", "5306221980010147"])).to_list()
    [False, False, False]
    """
    zeros = ids.str.contains(ZEROED).fill_null(value=False)
    if kinds is not None:
        zeros &= (kinds != "text").fill_null(value=True)
    elif not _taken_for_numbers(ids, zeros):
        zeros &= False
    if not zeros.any():
        return zeros
    number = ids.cast(pl.Int64, strict=False)
    running = (number + 1).is_in(number.implode()) | (number - 1).is_in(number.implode())
    return zeros & ~running.fill_null(value=False) & ~is_citizen_number(ids)


def _taken_for_numbers(ids: pl.Series, zeros: pl.Series) -> bool:
    """Say whether a column shows that a spreadsheet took its long ids for numbers."""
    n_long = ids.filter(ids.str.contains(LONG)).n_unique()
    return cut_short(ids).any() or ids.filter(zeros).n_unique() > MOST * n_long


def shortened(ids: pl.Series, kinds: pl.Series) -> pl.Series:
    """Mark the ids stored as numbers that are shorter than every text beside them that begins with 0.

    Where text ids begin with zeros, a number of fewer digits has lost its own.

    Examples
    --------
    >>> shortened(pl.Series(["0053", "53", "5300"]), pl.Series(["text", "number", "number"])).to_list()
    [False, True, False]
    """
    lengths = ids.str.len_chars()
    shortest = lengths.filter((kinds == "text") & ids.str.contains("^0[0-9]+$")).min()
    if shortest is None:
        return pl.repeat(value=False, n=len(ids), eager=True)
    return ((kinds == "number") & (lengths < shortest)).fill_null(value=False)


def turned_to_date(ids: pl.Series) -> pl.Series:
    """Mark the ids that a spreadsheet took for a date.

    Examples
    --------
    >>> turned_to_date(pl.Series(["3月1日", "1-Mar", "3-1", None])).to_list()
    [True, True, False, False]
    """
    return ids.str.contains(AS_DATE).fill_null(value=False)


def lookalike(ids: pl.Series) -> pl.Series:
    """Mark the ids that look like others: full-width or with invisible characters."""
    return ids.str.contains(LOOKALIKE).fill_null(value=False)


def is_citizen_number(numbers: pl.Series) -> pl.Series:
    """Say which are 18 characters whose last fits the others (X in either case).

    Examples
    --------
    >>> is_citizen_number(pl.Series(["11010519491231002X", "110105194912310021", "1"])).to_list()
    [True, False, False]
    """
    upper = numbers.fill_null("").str.to_uppercase()
    digits = [upper.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(len(WEIGHTS))]
    total = sum((digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)), digits[0] * 0)
    last = (total % 11).replace_strict(dict(enumerate(CHECK_CHARACTERS)), return_dtype=pl.String())
    return (upper.str.contains(r"^[0-9]{17}[0-9X]$") & (upper.str.slice(17, 1) == last)).fill_null(
        value=False
    )
