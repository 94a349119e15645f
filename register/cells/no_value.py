"""Words and signs that stand where there is nothing to say: no id, no number, no day, no code."""

import polars as pl

#: Words for no value in small letters: of programs, of spreadsheets (errors), of people.
_OF_PROGRAMS = (
    "null",
    "(null)",
    "<null>",
    "nan",
    "none",
    "na",
    "n/a",
    "<na>",
    "nat",
    "nil",
    "\\n",
    "undefined",
)
_OF_SHEETS = ("#n/a", "#null!", "#value!", "#ref!", "#name?", "#div/0!", "#num!")
_OF_PEOPLE = (
    "无",
    "没有",
    "空",
    "未知",
    "不详",
    "不清楚",
    "暂无",
    "待补",
    "待定",
    "未填",
    "未填写",
    "不适用",
)
#: Dashes, strokes, dots and question marks alone, in brackets or not.
_SIGNS = r"^[(（]?[-—–－―_/／\\.。*＊?？]+[)）]?$"
#: Hardly any cell lacks them, and no such word has them: nearly all is settled by one look.
_DIGITS = "^0|[1-9]"
#: The last row of a table made for people: its sum, or a note beneath it.
_BENEATH = r"^([合总小共]\s*计|总\s*数|(注|备注|说明)[:：]|填表|制表|审核人|(?i:(sub)?totals?)$)"

NO_VALUE = (
    "表示“无”的字样 / a word or sign for no value",
    "留空，或写进列映射的 missing / leave the cell empty, or list it under missing in a mapping",
)
BENEATH = (
    "合计行或表下说明，不是记录 / a total or a note beneath the table, no record",
    "删除该行 / remove the row",
)


def marks_no_value(text: pl.Series) -> pl.Series:
    """Mark the texts that say nothing.

    Parameters
    ----------
    text : Series of str
        Without blanks around; missing stays unmarked.

    Returns
    -------
    Series of bool

    Examples
    --------
    >>> marks_no_value(pl.Series(["NULL", "—", "（空）", "H-1", None])).to_list()
    [True, True, True, False, False]
    """
    suspects = ~text.str.contains(_DIGITS).fill_null(value=True)
    if not suspects.any():
        return suspects
    bare = text.str.to_lowercase()
    is_word = bare.str.strip_chars("()（）").is_in([*_OF_PEOPLE]) | bare.is_in([*_OF_PROGRAMS, *_OF_SHEETS])
    return suspects & (is_word | bare.str.contains(_SIGNS)).fill_null(value=False)


def names_nothing(ids: pl.Series) -> pl.Series:
    """Mark the ids that say nothing; NA may be a code of somebody's.

    Examples
    --------
    >>> names_nothing(pl.Series(["nan", "None", "NA", "0053"])).to_list()
    [True, True, False, False]
    """
    return marks_no_value(ids) & (ids != "NA").fill_null(value=False)


def stands_beneath(text: pl.Series) -> pl.Series:
    """Mark the ids that are the words of a total or of a note beneath a table.

    Examples
    --------
    >>> stands_beneath(pl.Series(["合 计", "注：截至10月", "H1", None])).to_list()
    [True, True, False, False]
    """
    return text.str.contains(_BENEATH).fill_null(value=False)
