"""The columns of a look-back page: those there must be, those that may go, and those of the office's own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.pages import HEADINGS, Fault, Page, heading
from watchlists.sheets.sheet_words import OFF_LIST_COLUMNS, returned_columns
from watchlists.sheets.visited import VISITED

#: Headings that were handed out, or stand on a sheet of returned rows.
HANDED_OUT = {zh for _, zh, *_ in (*returned_columns(named=True), *OFF_LIST_COLUMNS, VISITED)}
REQUIRED = [zh for zh, name in HEADINGS.items() if LOOKBACKS.by_name[name].required]
#: Workbooks that were handed out before there was such a column: none of their own is that one renamed.
LATER = {LOOKBACKS.by_name["contact"].zh}
#: Cells in a line above a table: a title, who filled it in, when. A row of the table has more.
MOST_OF_TITLE = 3
#: So many ranges are named; the others are found when these are mended.
MOST_NAMED = 5


def columns_of(names: Mapping[int, str]) -> dict[str, int]:
    r"""Find the place of every column of the contract that a row of headings has.

    Examples
    --------
    >>> columns_of({1: "走访顺序", 2: "户编号\nhousehold id", 3: "备注"})
    {'household_id': 2, 'note': 3}
    """
    return {HEADINGS[zh]: column for column, text in names.items() if (zh := heading(text)) in HEADINGS}


def column_faults(page: Page, header: int) -> Iterator[Fault]:
    """Say all that stands in the way of reading a page, and what to do about each.

    A page may lack a column that the contract does not require, unless a heading that was
    not handed out may be that very column under another name.
    """
    names = page.top[header]
    yield from _missing(names, header)
    yield from _doubled(names)
    yield from _unnamed(page, header)
    yield from _merged(page.merged, header)
    yield from _above(page, header)


def own_columns(names: Mapping[int, str]) -> tuple[str, ...]:
    """Say which columns the office added: they are not read. Their headings are not repeated."""
    own = _not_handed_out(names)
    if not own:
        return ()
    letters = _letters(own)
    return (f"{letters}列不是发放时的列，未读入 / columns that were not handed out are not read: {letters}",)


def _not_handed_out(names: Mapping[int, str]) -> list[int]:
    return [column for column, text in names.items() if heading(text) not in HANDED_OUT]


def _missing(names: Mapping[int, str], header: int) -> Iterator[Fault]:
    present = {heading(text) for text in names.values()}
    gone = [zh for zh in HEADINGS if zh not in present]
    needed, own = [zh for zh in gone if zh in REQUIRED], _not_handed_out(names)
    if needed:
        wanted = "、".join(needed)
        yield (
            f"缺少“{wanted}”列，请把第{header}行的标题恢复成发放时的原字",
            f"there is no column {wanted}: put the headings of row {header} back as they were handed out",
        )
    if own and (gone := [zh for zh in gone if zh not in REQUIRED and zh not in LATER]):
        wanted, letters = "、".join(gone), _letters(own)
        yield (
            f"缺少“{wanted}”列，{letters}列的标题又不是发放时的：是同一列的，改回原标题；不是的，另加标题为“{wanted}”的空列",
            (
                f"there is no column {wanted} and {letters} has another heading: if it is the same, give it "
                f"that heading back, else add an empty column {wanted}"
            ),
        )


def _doubled(names: Mapping[int, str]) -> Iterator[Fault]:
    places: dict[str, list[int]] = defaultdict(list)
    for column, text in names.items():
        zh = heading(text)
        places[zh if zh in HEADINGS else text].append(column)
    for columns in places.values():
        if len(columns) > 1:
            letters = _letters(columns)
            yield (
                f"{letters}列标题相同，把内容并到一列，其余删去",
                f"columns {letters} have one heading: bring them together in one and delete the others",
            )


def _unnamed(page: Page, header: int) -> Iterator[Fault]:
    names = page.top[header]
    under = {column for row, cells in page.top.items() if row > header for column in cells}
    columns = sorted({*range(1, max(names)), *under, *page.below} - names.keys())
    if columns:
        letters = _letters(columns)
        yield (
            f"{letters}列没有标题，请在第{header}行写上标题，或删去该列",
            f"columns {letters} have no heading: write one into row {header}, or delete the column",
        )


def _merged(ranges: Iterable[str], header: int) -> Iterator[Fault]:
    within = sorted(one for one in ranges if range_boundaries(one)[3] >= header)
    if within:
        named = "、".join(within[:MOST_NAMED])
        yield (
            f"{named}等是合并单元格（共{len(within)}处），请取消合并，每行各填一次",
            f"{named}: {len(within)} merged ranges, unmerge them and fill every row",
        )


def _above(page: Page, header: int) -> Iterator[Fault]:
    """Find rows of the table above its headings, as after sorting the headings with it."""
    place = columns_of(page.top[header]).get("household_id")
    rows = [
        row
        for row, cells in page.top.items()
        if row < header and place in cells and len(cells) > MOST_OF_TITLE
    ]
    if rows:
        named = "、".join(map(str, sorted(rows)))
        yield (
            f"第{named}行在标题行之上，请把标题行移到它们上面",
            f"rows {named} stand above the headings: move the row of headings above them",
        )


def _letters(columns: Iterable[int]) -> str:
    return "、".join(get_column_letter(column) for column in sorted(columns))
