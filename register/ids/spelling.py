"""Two ids that differ in look only: which folds make them one, and how such a difference is called."""

from collections.abc import Callable, Mapping

import polars as pl

Fold = Callable[[pl.Expr], pl.Expr]

#: Nobody sees these; spreadsheets and web pages leave them in cells.
_UNSEEN = r"[\s\x{ad}\x{180e}\x{200b}-\x{200f}\x{2060}\x{feff}]+"
_SCIENTIFIC = r"^([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})$"


def _expanded(text: pl.Expr) -> pl.Expr:
    """Write 5.3E+5 as 530000; what lost digits can no longer be told."""
    lead, rest, power = (text.str.extract(_SCIENTIFIC, place) for place in (1, 2, 3))
    digits, length = lead + rest.fill_null(""), power.cast(pl.UInt32) + 1
    whole = digits.str.len_chars() <= length
    return pl.when(whole).then(digits.str.pad_end(length, "0")).otherwise(text)


#: Name (Chinese, English) -> fold, in the order they are undone: the outermost first.
FOLDS: Mapping[tuple[str, str], Fold] = {
    ('表格公式文本 ="…"', 'a text guard ="…"'): lambda text: text.str.strip_chars().str.replace(
        r'(?s)^="(.*)"$', "${1}"
    ),
    ("前置撇号", "a leading apostrophe"): lambda text: text.str.strip_chars().str.strip_chars_start("'‘’`"),
    ("空白或不可见字符", "blanks or invisible characters"): lambda text: text.str.replace_all(_UNSEEN, ""),
    ("全角或变体字符", "full-width characters"): lambda text: text.str.normalize("NFKC"),
    ("科学计数", "scientific notation"): _expanded,
    ("小数点 .0", "a decimal point"): lambda text: text.str.replace(r"^([0-9]+)\.0+$", "${1}"),
    ("前导零", "leading zeros"): lambda text: text.str.replace(r"^0+(\w)", "${1}"),
    ("大小写", "upper and lower case"): lambda text: text.str.to_lowercase(),
}
_ZEROS, _CASE = list(FOLDS)[-2:]


def look(text: pl.Expr) -> pl.Expr:
    """Give what ids look like when every fold is made.

    Parameters
    ----------
    text : Expr of str

    Returns
    -------
    Expr of str

    Examples
    --------
    >>> ids = pl.DataFrame({"id": ['="H００1x"', "'h001X ", "5.3E+5", "0530000.0"]})
    >>> ids.select(look(pl.col("id")))["id"].to_list()
    ['h001x', 'h001x', '530000', '530000']
    """
    for fold in FOLDS.values():
        text = fold(text)
    return text


def differences(one: pl.Series, other: pl.Series) -> pl.DataFrame:
    """Name what tells pairs of ids of one look apart.

    Parameters
    ----------
    one, other : Series of str
        Of one length.

    Returns
    -------
    DataFrame
        ``zh, en``: the names of the differences, "" where a pair is written alike.

    Examples
    --------
    >>> differences(pl.Series(["'H1"]), pl.Series(["h1"])).row(0)
    ('前置撇号、大小写', 'a leading apostrophe, upper and lower case')
    """
    pairs, folds, apart = pl.DataFrame({"one": one, "other": other}), list(FOLDS.values()), []
    for place, (name, fold) in enumerate(FOLDS.items()):
        others = pairs
        for later in folds[place + 1 :]:
            others = others.select(later(pl.all()))
        apart.append((name, others["one"] != others["other"]))
        pairs = pairs.select(fold(pl.all()))
    return pl.select(
        pl.concat_str(
            [pl.when(differs).then(pl.lit(name[place])) for name, differs in apart],
            separator=separator,
            ignore_nulls=True,
        ).alias(language)
        for place, (language, separator) in enumerate((("zh", "、"), ("en", ", ")))
    )


def wear(text: pl.Expr) -> pl.Expr:
    """Count what spreadsheets did to ids; the more, the farther from what the office wrote.

    Examples
    --------
    >>> pl.DataFrame({"id": ["'1", "1", "01"]}).select(wear(pl.col("id")))["id"].to_list()
    [1, 0, -1]
    """
    done = [fold(text) != text for name, fold in FOLDS.items() if name not in (_ZEROS, _CASE)]
    zeros = FOLDS[_ZEROS](text) != text
    return sum((one.cast(pl.Int8) for one in done), -zeros.cast(pl.Int8))
