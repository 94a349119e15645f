"""Files as officers hand them in: some fifty of them, filled in, rearranged and saved in the ways they do.

``python -m tests.watchlists.officers_files FOLDER`` makes them. What office programs alone
can do (sort, filter, comment, other formats, a password) LibreOffice itself does, started once.
"""

import shutil
import sys
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import polars as pl

from register.lookback_store import RECORDS
from tests.libreoffice import Hands, quoted
from tests.watchlists.desk import DAY
from tests.watchlists.handed_out import PLACES, opened, released
from tests.watchlists.lists import FALLS, LINE, reference_names
from watchlists.lookbacks.reading import judge
from watchlists.lookbacks.returned import still_open
from watchlists.lookbacks.returned_book import write_returned_book
from watchlists.lookbacks.sheet import mark, read_filled
from watchlists.reasons.household_view import household_view
from watchlists.release.store import LISTED, list_id
from watchlists.sheets.sheet_words import LOOKBACK_SHEET
from watchlists.sheets.workbook import write_workbook

NOTHING = pl.DataFrame(schema={**RECORDS, "reading": pl.Int64()})
TOWNSHIPS, HOUSEHOLDS = ("T1", "T2", "T3"), 12
PASSWORD = "回头 Look-2026"
DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
AREA = f"A1:{chr(64 + len(PLACES))}{HOUSEHOLDS + 1}"


def day(number):
    return datetime(2026, 1, 4) + timedelta(days=number)  # noqa: DTZ001 - a cell has no zone


FALL = {
    "visited_on": day(1),
    "role": "村干部",
    "result": "风险属实",
    "causes_found": "因病",
    "measures_begun": "健康帮扶",
}
NONE = {"visited_on": day(2), "role": "村干部", "result": "未发现风险"}
TWO = {2: FALL, 3: NONE}
DATES = (
    *(
        "2025/13/40",
        "2025年12月3日",
        "2026年1月5日",
        46027,
        "２０２６－０１－０５",
        "1月5日",
        "2026.1.5",
        20260105,
    ),
    *(datetime(2027, 3, 1), datetime(2025, 6, 1), "昨天", "2026-1-5"),  # noqa: DTZ001
)
TYPED = (
    *({"result": one} for one in ("基本属实", "属实", "无风险", "风险属实 ", "风险属实。", "风险属实")),
    *({"causes_found": one} for one in ("生病", "因病、因残")),
    *({"measures_begun": one} for one in ("低保", "健康帮扶、综合保障")),
    {"result": "未发现风险", "role": "村支书"},
    {"visited_on": None},
)
PARTIAL = {
    2: {"note": "户主外出，未见到人"},
    3: {"visited_on": day(1)},
    4: {"result": "未发现风险"},
    5: {"visited_on": day(1), "result": "未发现风险"},
    6: {"visited_on": day(1), "role": "村干部"},
}


@dataclass
class Files:
    """Files of one folder, and how many of the rows of each were filled in.

    `calls` are handed in one after the other; a file that no reader may take is in `refused`,
    with what its refusal says.
    """

    folder: Path
    release: object
    calls: dict[str, list[list[Path]]] = field(default_factory=dict)
    filled: dict[Path, int] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)

    def add(self, way, *calls, refused=None):
        """Hand files in under the name of a way; `calls` are (path, filled rows) or lists of them."""
        told = [one if isinstance(one, list) else [one] for one in calls]
        self.calls[way] = [[path for path, _ in call] for call in told]
        self.filled |= {path: number for call in told for path, number in call}
        if refused:
            self.refused |= {path: refused for call in told for path, _ in call}

    def book(self, name, rows, change=None, township="T1"):
        """Fill in the workbook of a township."""
        book = opened(self.folder / "handed_out" / f"{township}.xlsx")
        sheet = book[LOOKBACK_SHEET]
        for row, fields in rows.items():
            put(sheet, row, fields)
        if change:
            change(book)
        book.save(self.folder / name)
        return self.folder / name, len(rows)


def put(sheet, row, fields):
    for name, value in fields.items():
        sheet.cell(row, PLACES[name]).value = value


def handed_out(folder):
    """Publish a list of three townships and write the workbook of each."""
    release = released(
        folder,
        *(
            {"household_id": f"H-{one}-{number:02}", "township_id": one}
            for one in TOWNSHIPS
            for number in range(1, HOUSEHOLDS + 1)
        ),
    )
    of_list = mark(release.season, list_id(release.folder / LISTED))
    for one in TOWNSHIPS:
        rows = [
            household_view(row, reference_names(), "zh")
            for row in release.list.iter_rows(named=True)
            if row["township_id"] == one
        ]
        target = folder / "handed_out" / f"{one}.xlsx"
        write_workbook(target, rows, one, of_list, FALLS, LINE, "zh")
    return release


def made(folder):
    """Make every file."""
    files = Files(folder, handed_out(folder))
    as_typed(files)
    as_rearranged(files)
    as_handed_in_again(files)
    by_an_office_program(files)
    return files


def as_typed(files):
    files.add(
        "dates typed by hand",
        files.book("02.xlsx", {2 + i: {**NONE, "visited_on": one} for i, one in enumerate(DATES)}),
    )
    files.add(
        "words typed by hand", files.book("03.xlsx", {2 + i: {**FALL, **one} for i, one in enumerate(TYPED)})
    )
    files.add("rows half filled in", files.book("29.xlsx", PARTIAL))
    contrary = {
        4: {**NONE, "causes_found": "因病", "measures_begun": "健康帮扶"},
        5: {**NONE, "result": "风险属实"},
    }
    files.add("entries that contradict themselves", files.book("34.xlsx", {**TWO, **contrary}))

    def unlisted(book):
        sheet = book[LOOKBACK_SHEET]
        put(sheet, sheet.max_row + 1, {**FALL, "household_id": "5309031234567", "note": "不在名单，车祸"})

    path, number = files.book("24.xlsx", {2: FALL}, unlisted)
    files.add("a household off the list", (path, number + 1))


def as_rearranged(files):
    def other_township(book):
        copied(files, book, "T2", {5: {}, 6: {}, 7: {}}, NONE)

    path, number = files.book("04.xlsx", TWO, other_township)
    files.add("rows pasted from another township", (path, number + 3))

    def roll_up(book):
        for one in ("T2", "T3"):
            copied(files, book, one, {2: {}, 3: {}}, {**NONE, "result": "已有帮扶"})

    path, number = files.book("21.xlsx", TWO, roll_up)
    files.add("a roll-up of the county", (path, number + 4))

    for way, name, change in READ:
        files.add(way, files.book(name, TWO, change))
    for way, name, change, said in REFUSED:
        files.add(way, files.book(name, TWO, change), refused=said)
    book = openpyxl.Workbook()
    for line in opened(files.book("18.xlsx", TWO)[0])[LOOKBACK_SHEET].iter_rows(values_only=True):
        book.active.append(line)
    book.save(files.folder / "19.xlsx")
    files.add("the page alone in a new workbook", (files.folder / "19.xlsx", 2))


def copied(files, book, township, rows, fields):
    """Paste rows of another township's workbook below."""
    sheet, other = (
        book[LOOKBACK_SHEET],
        opened(files.folder / "handed_out" / f"{township}.xlsx")[LOOKBACK_SHEET],
    )
    for row in rows:
        sheet.append([cell.value for cell in other[row]])
        put(sheet, sheet.max_row, fields)


def drop(name):
    def change(book):
        book[LOOKBACK_SHEET].delete_cols(PLACES[name])

    return change


def head(name, text):
    def change(book):
        book[LOOKBACK_SHEET].cell(1, PLACES[name]).value = text

    return change


def renamed(book):
    book[LOOKBACK_SHEET].title = "走访结果"


def own_column(book):
    sheet = book[LOOKBACK_SHEET]
    sheet.insert_cols(PLACES["result"])
    sheet.cell(1, PLACES["result"]).value = "走访人姓名"
    sheet.cell(2, PLACES["result"]).value = "走访人甲"


def below_a_title(book):
    sheet = book[LOOKBACK_SHEET]
    sheet.insert_rows(1)
    sheet["A1"] = "××镇2026年一季度回头看走访情况表"
    sheet.merge_cells("A1:J1")


def without_guide(book):
    del book["说明"]


def rows_deleted(book):
    book[LOOKBACK_SHEET].delete_rows(4, 20)


def chinese_headings(book):
    for cell in book[LOOKBACK_SHEET][1]:
        cell.value = str(cell.value).split("\n")[0]


def merged(book):
    book[LOOKBACK_SHEET].merge_cells("E2:E4")
    book[LOOKBACK_SHEET].merge_cells("F2:F4")


def list_unknown(book):
    without_guide(book)
    drop("list_mark")(book)


def moved(book):
    book.move_sheet(LOOKBACK_SHEET, -2)
    renamed(book)


READ = (
    ("the note's column dropped", "05.xlsx", drop("note")),
    ("who visited dropped", "05b.xlsx", drop("role")),
    ("the cause dropped", "05c.xlsx", drop("causes_found")),
    ("the measure dropped", "05d.xlsx", drop("measures_begun")),
    ("the village dropped", "05e.xlsx", drop("village_shown")),
    ("the sheet renamed", "07.xlsx", renamed),
    ("the sheet moved and renamed", "07b.xlsx", moved),
    ("a column added", "09.xlsx", own_column),
    ("a title above the headings", "17.xlsx", below_a_title),
    ("the guide deleted", "18.xlsx", without_guide),
    ("rows deleted", "20.xlsx", rows_deleted),
    ("headings in Chinese alone", "28.xlsx", chinese_headings),
)
REFUSED = (
    (
        "the date's column dropped",
        "06.xlsx",
        drop("visited_on"),
        "缺少“走访日期”列，请把第1行的标题恢复成发放时的原字",
    ),
    ("the id's column dropped", "06b.xlsx", drop("household_id"), "缺少“户编号”列"),
    ("merged cells", "08.xlsx", merged, "E2:E4、F2:F4等是合并单元格（共2处），请取消合并，每行各填一次"),
    (
        "a heading that must be changed",
        "27.xlsx",
        head("result", "结果"),
        "缺少“核实结果”列，请把第1行的标题恢复成发放时的原字",
    ),
    (
        *("a heading that may go changed", "27b.xlsx", head("note", "情况")),
        "缺少“备注”列，K列的标题又不是发放时的：是同一列的，改回原标题",
    ),
    (
        "a list that nothing names",
        "30.xlsx",
        list_unknown,
        "看不出是哪份名单的，“名单编号”列和“说明”页都不在",
    ),
)


def as_handed_in_again(files):
    again, copy = files.book("16_某某镇回头看(最终版).xlsx", TWO)[0], files.folder / "16_副本.xlsx"
    shutil.copy(again, copy)
    files.add("renamed, and the same twice", (again, 2), (copy, 2))

    first = files.book("26a.xlsx", {**TWO, 4: {**NONE, "result": "已迁出", "note": "电话13912345678 李四家"}})
    files.add(
        "corrected, and a row cleared",
        first,
        files.book("26b.xlsx", {2: {**FALL, "result": "已有帮扶", "causes_found": None}, 3: NONE}),
    )
    files.add(
        "the date corrected",
        files.book("31a.xlsx", {2: NONE}, township="T2"),
        files.book("31b.xlsx", {2: {**NONE, "visited_on": day(11)}}, township="T2"),
    )
    files.add(
        "moved to the right household",
        files.book("32a.xlsx", {2: FALL}, township="T3"),
        files.book("32b.xlsx", {3: FALL}, township="T3"),
    )
    one, other = {2: FALL, 3: NONE}, {2: {**NONE, "visited_on": day(1)}, 3: {**NONE, "role": "乡镇干部"}}
    files.add("two officers, in two calls", files.book("15甲.xlsx", one), files.book("15乙.xlsx", other))
    files.add("two officers, in one call", [files.book("33丙.xlsx", one), files.book("33丁.xlsx", other)])


def by_an_office_program(files):
    base, _ = files.book("base.xlsx", TWO)
    (files.folder / "photo.png").write_bytes(DOT)
    hands = Hands(files.folder)

    def saved(name, *steps, **how):
        return hands.save(base, files.folder / name, *steps, **how), 2

    comment = f"Comment sheet, {quoted('G2')}, {quoted('户主不在家，邻居反映')}"
    photo = f"Photo doc, sheet, {quoted(files.folder / 'photo.png')}"
    narrow = f"FilterRows sheet, {quoted(AREA)}, {PLACES['result'] - 1}, {quoted('风险属实')}"
    files.add("saved again", saved("11a.xlsx"))
    files.add("sorted and filtered", saved("11.xlsx", f"SortDown sheet, {quoted(AREA)}, 0", narrow))
    files.add("a comment and a photo", saved("10.xlsx", comment, photo))
    files.add("saved as .ods", saved("13.ods"))
    files.add(".ods with a comment, sorted", saved("13b.ods", f"SortDown sheet, {quoted(AREA)}, 0", comment))
    files.add(".ods with a photo", saved("13c.ods", photo))
    files.add("with a password", saved("22.xlsx", password=PASSWORD))
    files.add("as CSV", saved("23.csv", encoding="utf-8"))
    files.add("as CSV of Excel in China", saved("23b.csv", encoding="gbk"))
    files.add("as .xls", saved("14.xls"), refused="是旧的 .xls 格式；在表格软件中另存为 .xlsx 再交")
    files.add(
        ".ods with a password",
        saved("22b.ods", password=PASSWORD),
        refused="是设有密码的 .ods；另存为 .xlsx（可设密码）再交",
    )
    unmarked = hands.save(
        files.book("25.xlsx", TWO, drop("list_mark"))[0], files.folder / "25.csv", encoding="utf-8"
    )
    files.add("as CSV that names no list", (unmarked, 2), refused="是 CSV 一类的文本，没有“名单编号”一列")
    merge, _ = files.book("08base.xlsx", TWO, merged)
    files.add(
        ".ods with merged cells",
        (hands.save(merge, files.folder / "08.ods"), 2),
        refused="E2:E4、F2:F4等是合并单元格（共2处）",
    )
    files.add(
        "a sheet of returned rows, saved again", (hands.save(returned(files), files.folder / "29b.ods"), 4)
    )
    hands.work()


def returned(files):
    """Read the rows that are half filled in, and write those that cannot be taken onto their sheet."""
    one = read_filled(files.folder / "29.xlsx")
    done = judge([(one, files.release)], NOTHING, DAY)
    rows = still_open([], [(one, files.release)], done.accepted, done.reasons, DAY)
    target = files.folder / "29 退回表.xlsx"
    write_returned_book(target, rows, "T1", mark(one.season, one.list_id), "zh")
    return target


if __name__ == "__main__":
    made(Path(sys.argv[1]))
