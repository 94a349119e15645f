"""One workbook a township: whom to visit, how to read it, and what the visit found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from register.errors import ParamsError
from register.tables.lookbacks import LOOKBACKS
from register.vault.place import VaultPlace
from register.vault.reading import read_identities
from register.vault.writing import NUMBERS
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.label_wording import LabelWording
from watchlists.sheets.checked_book import MOST_ROWS, CheckedBook, CheckedSheet
from watchlists.sheets.sheet_drawing import Columns, guide_sheet, printed, table_sheet, workbook
from watchlists.sheets.sheet_words import (
    LIST_SHEET,
    LOOKBACK_COLUMNS,
    LOOKBACK_SHEET,
    MARK,
    NAME_COLUMNS,
    guide,
    list_columns,
)

FOOTER = "评分是走访的理由，不是决定 A score is a reason to visit, not a decision"
AFTER = "household_id"
#: Words of a row that a survey has others for; its reasons were written in them.
IN_WORDS = ("change_shown", "main_cause_shown", "vulnerability_shown")
#: In a protected sheet a reader may still widen, filter and sort.
FREEDOMS = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}


def write_workbook(
    target: Path,
    rows: Sequence[Mapping[str, Any]],
    title: str,
    mark: str,
    wording: LabelWording,
    line: tuple[str, str],
    *,
    named: bool = False,
) -> None:
    """Write a township's workbook.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    rows : sequence of mapping
        Its listed households in visiting order, from `watchlists.reasons.household_view`.
    title : str
        Place and season, on every printed page.
    mark : str
        Which list it is of (`watchlists.lookbacks.sheet.mark`): however the file is called
        when it comes back, this says what it is.
    wording : LabelWording
        What the outcome is called.
    line : (str, str)
        The line used (`watchlists.line_words.line_used`).
    named : bool
        Whether the rows also carry ``number``, ``head``, ``phone`` and ``address`` (`identified`).

    Raises
    ------
    ParamsError
        When more are listed than a sheet has rows: what is handed back is read from one.
    """
    if len(rows) > MOST_ROWS:
        raise ParamsError(
            f"watchlist.capacity: {title} lists {len(rows):,} households, a workbook holds {MOST_ROWS:,}; "
            "lower the visits of this place in watchlist.capacity"
        )
    with workbook(target, title) as (book, styles):
        worded = [{**row, **{name: wording.worded(row[name]) for name in IN_WORDS}} for row in rows]
        _list_sheet(book, styles, worded, title, _columns(list_columns(wording), named=named))
        line_worded = wording.worded(line[0]), wording.worded(line[1])
        words = (
            (MARK, mark),
            line_worded,
            (NOTICE_ZH, NOTICE_EN),
            *guide(wording, ordered=_is_ordered(rows)),
        )
        titles = ("怎样读这份名单", "How to read this list")
        guide_sheet(book, styles, titles, words).protect()
        _lookback_sheet(book, styles, rows, title, _columns(LOOKBACK_COLUMNS, named=named))


def identified(
    rows: Sequence[Mapping[str, Any]],
    place: VaultPlace,
    county_id: str,
    facts: Mapping[str, Any] | None,
    members: pl.DataFrame,
) -> list[dict[str, Any]]:
    """Add the household's own number, the head's name, a phone and the address to listed households.

    Parameters
    ----------
    rows : sequence of mapping
        Listed households, with ``household_id``.
    place, county_id, facts
        See `register.vault.reading.read_identities`.
    members : DataFrame
        The county's members as the register has them: who the head is.

    Returns
    -------
    list of dict
        The rows with ``number``, ``head``, ``phone``, ``address``; "" where the vault says
        nothing. No identity number of a person is shown: a visit needs none.
    """
    return reached(rows, read_identities(place, county_id, facts), members)


def reached(
    rows: Sequence[Mapping[str, Any]], identities: pl.DataFrame, members: pl.DataFrame
) -> list[dict[str, Any]]:
    """Choose from a county's identities what `identified` adds."""
    numbers = _own_numbers(identities)
    homes = _latest_values(identities, "households", ["household_id"])
    people = _latest_values(identities, "members", ["household_id", "member_id"])
    heads = _heads(people, members.filter(pl.col("relation") == "head")["member_id"])
    home = {row[AFTER]: row for row in homes.iter_rows(named=True)}
    head = {row[AFTER]: row for row in heads.iter_rows(named=True)}
    return [
        {
            **row,
            "number": numbers.get(row[AFTER], ""),
            **_reached(home.get(row[AFTER], {}), head.get(row[AFTER], {})),
        }
        for row in rows
    ]


def _own_numbers(vault: pl.DataFrame) -> dict[str, str]:
    """Give the own number of every household; none in the vaults of earlier versions."""
    if "number" not in vault.columns:
        return {}
    numbers = vault.filter(pl.col("table") == NUMBERS)
    return dict(numbers.select(AFTER, "number").iter_rows())


def _reached(home: Mapping[str, Any], head: Mapping[str, Any]) -> dict[str, str]:
    return {
        "head": head.get("name") or "",
        "phone": home.get("phone") or head.get("phone") or "",
        "address": home.get("address") or "",
    }


def _latest_values(vault: pl.DataFrame, table: str, entity: list[str]) -> pl.DataFrame:
    """Take of every entity what was said last, column by column."""
    if not len(vault):
        return pl.DataFrame(schema=dict.fromkeys(entity, pl.String()))
    records = vault.filter(pl.col("table") == table).sort("valid_from", "recorded_on", maintain_order=True)
    return records.group_by(entity, maintain_order=True).agg(pl.exclude(entity).drop_nulls().last())


def _heads(people: pl.DataFrame, heads: pl.Series) -> pl.DataFrame:
    """Choose the head of every household, or whoever is named first where no head is."""
    if "name" not in people.columns:
        return people.clear()
    others = ~pl.col("member_id").is_in(heads.implode())
    named = people.filter(pl.col("name").is_not_null()).sort(others, "member_id")
    return named.unique("household_id", keep="first", maintain_order=True)


def _columns(columns: Columns, *, named: bool) -> Columns:
    place = [name for name, *_ in columns].index(AFTER) + 1
    return (*columns[:place], *(NAME_COLUMNS if named else ()), *columns[place:])


def _is_ordered(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a published order lists: it gives no risk."""
    return bool(rows) and rows[0]["risk"] is None


def _list_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    columns: Columns,
) -> None:
    sheet, last = _filled_sheet(book, styles, LIST_SHEET, rows, columns)
    risk = [name for name, *_ in columns].index("risk")
    bar = {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#E08E45",
        "min_type": "num",
        "max_type": "num",
    }
    sheet.conditional_format(1, risk, last, risk, {**bar, "min_value": 0, "max_value": 1})
    sheet.print_area(0, 0, last, len(columns) - 2)
    sheet.protect("", FREEDOMS)
    printed(sheet, title, FOOTER)


def _lookback_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    columns: Columns,
) -> None:
    sheet, last = _filled_sheet(book, styles, LOOKBACK_SHEET, rows, columns)
    wrong = {
        "error_title": "请从列表选择 choose from the list",
        "error_message": "只能选择列表中的值。Only listed values.",
    }
    since = {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}  # noqa: DTZ001 - a cell has no zone
    for place, (name, *_) in enumerate(columns):
        column = LOOKBACKS.by_name.get(name)
        if column and column.meanings:
            choose = {"validate": "list", "source": list(column.meanings.values())}
            sheet.data_validation(1, place, last, place, {**choose, **wrong})
        elif name == "visited_on":
            message = {"error_message": "请填日期，如 2026-01-31。Enter a date such as 2026-01-31."}
            sheet.data_validation(1, place, last, place, {**since, **message})
    sheet.protect("", FREEDOMS)
    printed(sheet, title, FOOTER)


def _filled_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    name: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Columns,
) -> tuple[CheckedSheet, int]:
    """Write header and rows, with filters and the id always in sight; tell the last row."""
    sheet, last = table_sheet(book, styles, name, rows, columns)
    sheet.freeze_panes(1, [field for field, *_ in columns].index(AFTER) + 1)
    return sheet, last
