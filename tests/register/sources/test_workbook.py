"""Workbooks: typed cells exactly, formulas never, bombs and entities refused before they open."""

import io
import re
import resource
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from defusedxml import EntitiesForbidden
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from register.errors import ContractError, SourceError
from register.sources.workbook import read_workbook
from tests.register.exports import with_part

PATH = Path("a.xlsx")


def book(*rows, change=None):
    """Write rows to a workbook; `change` may spoil it."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    if change:
        change(made)
    return saved(made)


def saved(made):
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def shared_strings(*rows):
    """Write rows as Excel does: texts in a part of their own."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return raw.getvalue()


def refused(raw, error=SourceError, **options):
    with pytest.raises(error) as refusal:
        read_workbook(PATH, raw, **options)
    return str(refusal.value).removeprefix("a.xlsx")


def test_typed_cells_become_exact_text_and_rows_keep_their_numbers():
    sheet = read_workbook(
        PATH,
        book(
            ["a", "b", "c"],
            [date(2024, 2, 29), 300, True],
            [None, None, None],
            [datetime.fromisoformat("2024-03-01T08:30"), 0.1, " NA "],
        ),
    )
    assert sheet.rows.to_list() == [2, 4]
    assert sheet.frame.rows() == [
        ("2024-02-29", "300", "true"),
        ("2024-03-01 08:30:00", "0.1", " NA "),
    ]
    assert sheet.findings == ()


def test_dates_of_both_calendars_are_the_days_that_were_entered():
    def mac(made):
        made.epoch = CALENDAR_MAC_1904

    for change in (None, mac):
        sheet = read_workbook(PATH, book(["day"], [date(1985, 7, 14)], [date(2025, 12, 31)], change=change))
        assert sheet.frame["day"].to_list() == ["1985-07-14", "2025-12-31"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("=1+1", "单元格是公式 / the cell is a formula"),
        (
            530622199001011234,
            "长编号存成了数字，末位已丢失 / a long number was stored as a number and lost its last digits",
        ),
        (
            5.30622199001011e17,
            "长编号存成了数字，末位已丢失 / a long number was stored as a number and lost its last digits",
        ),
        ("#REF!", "错误值、时长或无效的值 / an error value, a duration or no valid value"),
        (timedelta(hours=5), "错误值、时长或无效的值 / an error value, a duration or no valid value"),
    ],
)
def test_cells_that_can_not_be_trusted_are_findings_against_their_row(value, reason):
    sheet = read_workbook(PATH, book(["id", "amount"], ["x", 1], [value, 2]))
    (finding,) = sheet.findings
    assert (finding.rows.to_list(), finding.column, finding.reason) == ([False, True], "id", reason)


def test_texts_that_excel_keeps_in_a_part_of_their_own_are_read():
    assert read_workbook(PATH, shared_strings(["村名", "n"], ["NA", 1])).frame.rows() == [("NA", "1")]


ESCAPED = [
    ("H1_x000D_", "H1\r"),
    ("_x005F_x000D_", "_x000D_"),
    ("a_x000a_b", "a\nb"),
    ("_xD842__xDFB7_", "𠮷"),
]


INLINE = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "</worksheet>"
)


def inline(*rows):
    """Write rows as some databases do: texts in their cells."""
    cells = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'
    written = "".join(cells.format(number, text) for number, (text,) in enumerate(rows, start=1))
    return with_part(book(["a"]), "xl/worksheets/sheet1.xml", INLINE.format(written))


@pytest.mark.parametrize("write", [book, inline])
@pytest.mark.parametrize(("written", "read"), [*ESCAPED, ("_xD842_", "\ufffd"), ("a_x00_b", "a_x00_b")])
def test_escapes_of_the_standard_are_decoded_wherever_text_is_kept(write, written, read):
    """A database export left a carriage return at the end of each id."""
    assert read_workbook(PATH, write(["a"], [written])).frame.rows() == [(read,)]


def test_a_text_that_looks_like_an_escape_is_kept_where_the_writer_escaped_it():
    assert read_workbook(PATH, shared_strings(["a"], ["_x000D_"])).frame.rows() == [("_x000D_",)]


def test_escapes_are_decoded_in_names_of_columns_and_sheets_too():
    def name(made):
        made.active.title = "户_x005F_x0041_"
        made.create_sheet("b").append(["b"])

    raw = book(["id_x000D_"], ["1"], change=name)
    assert read_workbook(PATH, raw, sheet="户_x0041_").frame.columns == ["id"]
    assert "found visible sheets ['户_x0041_', 'b']" in refused(raw)


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}


def as_strict(raw):
    """Save a workbook as "Strict Open XML Spreadsheet"."""
    for name in zipfile.ZipFile(io.BytesIO(raw)).namelist():
        part = zipfile.ZipFile(io.BytesIO(raw)).read(name).decode()
        for transitional, strict in STRICT.items():
            part = part.replace(transitional, strict)
        raw = with_part(raw, name, part)
    return raw


def test_strict_open_xml_is_read_as_the_usual_form_is():
    rows = ["村名", "day", "n"], ["星火村", date(2024, 1, 31), 0.5]
    for write in (book, shared_strings):
        raw = write(*rows) if write is book else write(rows[0], ["星火村", "2024-01-31", 0.5])
        strict = read_workbook(PATH, as_strict(raw))
        assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(as_strict(raw))).read("xl/workbook.xml")
        assert (
            strict.frame.rows() == read_workbook(PATH, raw).frame.rows() == [("星火村", "2024-01-31", "0.5")]
        )


@pytest.mark.parametrize("written", ["2024-01-31", "2024-01-31T00:00:00", "2024-01-13T16:00:00Z"])
def test_dates_of_iso_8601_stay_as_they_stand_with_their_zone(written):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>day</v></c></row><row r="2"><c r="A2" t="d"><v>{}</v></c></row>'
        "</sheetData></worksheet>"
    )
    read = read_workbook(PATH, with_part(book(["a"]), "xl/worksheets/sheet1.xml", sheet.format(written)))
    assert (read.frame["day"].to_list(), read.kinds["day"].to_list()) == ([written], ["date"])


def test_a_whole_number_that_is_shown_with_zeros_before_it_is_read_as_it_is_shown():
    """The column of ids has the format 000000; Excel keeps 53."""

    def show(made):
        for (cell,) in made.active["A2:A3"]:
            cell.number_format = "000000"

    assert read_workbook(PATH, book(["id"], [53], [5.5], change=show)).frame["id"].to_list() == [
        "000053",
        "5.5",
    ]


def test_cells_of_blanks_are_empty_even_beyond_the_header_and_on_a_second_sheet():
    raw = book(["a"], ["1", " "], ["\u3000"], change=lambda made: made.create_sheet("二").append([" "]))
    assert read_workbook(PATH, raw).frame.rows() == [("1",)]


def test_hidden_sheets_are_told_and_not_read():
    def hide(made):
        made.create_sheet("旧表").append(["b", 2])
        made["旧表"].sheet_state = "hidden"

    sheet = read_workbook(PATH, book(["a"], [1], change=hide))
    assert sheet.notes == ("隐藏的工作表未读取 / hidden sheets not read: 旧表",)
    assert sheet.frame.rows() == [("1",)]


def test_sheets_that_bear_a_persons_number_are_told_by_their_places():
    """One sheet a household, called after its head and the phone."""

    def called(made):
        made.create_sheet("张三 13800001111").append(["b", 2])
        made.create_sheet("530622198001011234").sheet_state = "hidden"

    raw = book(["a"], [1], change=called)
    assert refused(raw).startswith(": found visible sheets ['sheet 1', 'sheet 2'], wanted is exactly one")
    assert read_workbook(PATH, raw, sheet="Sheet").notes == (
        "隐藏的工作表未读取 / hidden sheets not read: sheet 3",
    )


def test_empty_sheets_beside_do_not_matter_but_a_second_full_one_is_refused():
    raw = book(["a"], [1], change=lambda made: made.create_sheet("Sheet2"))
    assert read_workbook(PATH, raw).frame.rows() == [("1",)]
    raw = book(["a"], [1], change=lambda made: made.create_sheet("二").append(["b"]))
    assert refused(raw) == (
        ": found visible sheets ['Sheet', '二'], wanted is exactly one that is not empty; "
        "name it in the mapping or remove the others"
    )
    assert read_workbook(PATH, raw, sheet="二").frame.columns == ["b"]


def test_a_merged_header_is_refused_but_a_title_above_the_header_is_not():
    raw = book(["标题", None], ["a", "b"], ["1", "2"], change=lambda made: made.active.merge_cells("A1:B1"))
    assert read_workbook(PATH, raw, header=2).frame.rows() == [("1", "2")]
    raw = book(["a", "b"], ["1", "2"], ["1", "3"], change=lambda made: made.active.merge_cells("A2:A3"))
    assert refused(raw) == (
        ": merged cells A2:A3; only their first cell has a value: "
        "unmerge them, fill every cell, and give every column one name"
    )


def test_cells_beyond_the_header_and_unnamed_columns_are_refused():
    assert refused(book(["a"], [1, 2])) == (
        " cell B2: lies beyond the header; name its column or clear it, or where a title stands above the "
        "header, remove it (a mapping can say header: 2 instead)"
    )
    assert refused(book(["a", None, "c"], [1, 2, 3]), ContractError) == (
        ": doubled columns [], unnamed columns 1; give every column one name of its own, or remove it"
    )


BOMB = b"<worksheet><sheetData>" + b"<row><c><v>0</v></c></row>" * 4_000_000 + b"</sheetData></worksheet>"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    """104 MB of equal rows in a file of 300 kB."""
    raw = with_part(book(["a"], [1]), "xl/worksheets/sheet1.xml", BOMB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    message = refused(raw)
    assert message.startswith(": 9 parts expand from ")
    assert message.endswith(
        "bytes, allowed are 1000 parts, 536870912 bytes and 100 times; "
        "clear empty rows and formats, or save as CSV"
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_bomb_that_understates_its_size_ends_at_the_size_it_states():
    raw = bytearray(with_part(book(["a"], [1]), "xl/worksheets/sheet1.xml", BOMB[:30_000_000]))
    place = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"xl/worksheets/sheet1.xml"))
    raw[place + 24 : place + 28] = (60_000).to_bytes(4, "little")
    assert "not a readable workbook" in refused(bytes(raw))


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]><worksheet><sheetData><row><c t="str"><v>&z;</v></c></row>'
    "</sheetData></worksheet>"
)


def origin(error):
    below = error.__cause__ or error.__context__
    return origin(below) if below else error


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY z "&b;&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY z SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_refused(entity):
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        raw = with_part(shared_strings(["a"], ["text"]), part, ENTITIES.format(entity))
        with pytest.raises(SourceError, match=r"a\.xlsx: not a readable workbook .*; save it as") as refusal:
            read_workbook(PATH, raw)
        assert isinstance(origin(refusal.value), EntitiesForbidden)


@pytest.mark.parametrize("name", ["../out.xml", "/out.xml", "xl\\..\\out.xml"])
def test_parts_that_lead_out_are_refused(name):
    assert refused(with_part(book(["a"], [1]), name, b"")) == (
        ": holds members with doubled names or names that lead out of it; ask for it again"
    )


def test_a_file_of_another_kind_is_refused():
    assert refused(b"\xd0\xcf\x11\xe0 an old .xls") == (
        ": not a whole .xlsx workbook; save it as .xlsx (without password) or ask for it again"
    )


def test_rows_out_of_order_are_refused():
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>a{n}</v></c></row>' for n in (1, 3, 3))
    raw = with_part(book(["a"], [1]), "xl/worksheets/sheet1.xml", sheet.format(rows))
    assert refused(raw) == " row 3: stands after row 3; save the file as .xlsx again"


def with_builtin_format(number):
    """Write a day in a cell of a format that the file gives by number alone, as WPS and Excel in China do."""

    def style(made):
        made.active["A2"].number_format = "0.000"

    raw = book(["day"], [45296], change=style)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    styles = re.sub("<numFmts.*?</numFmts>", "", styles).replace('numFmtId="164"', f'numFmtId="{number}"')
    return with_part(raw, "xl/styles.xml", styles)


@pytest.mark.parametrize("number", [14, 22, *range(27, 37), *range(50, 59)])
def test_the_date_formats_of_chinese_offices_make_dates_though_no_file_spells_them(number):
    sheet = read_workbook(PATH, with_builtin_format(number))
    assert (sheet.frame["day"].to_list(), sheet.kinds["day"].to_list()) == (["2024-01-05"], ["date"])


def test_a_sheet_that_is_one_chart_is_passed_over():
    raw = book(["a"], ["1"], change=lambda made: made.create_chartsheet("图"))
    assert read_workbook(PATH, raw).frame.rows() == [("1",)]


TEXT = '<c r="{0}1" t="inlineStr"><is><t>{1}</t></is></c>'
NAMED = f'<row r="1">{TEXT.format("A", "a")}{TEXT.format("B", "b")}</row>'


def cells(row):
    return with_part(book(["a"]), "xl/worksheets/sheet1.xml", INLINE.format(NAMED + row))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" t="s"><v>99</v></c>',
        '<c r="A2"><v>abc</v></c>',
        '<c r="A2"><v>1,5</v></c>',
        '<c r="A2"><v>INF</v></c>',
        '<c r="A2" t="b"><v>perhaps</v></c>',
        '<c t="s"><v>-1</v></c>',
    ],
)
def test_a_cell_that_can_not_be_read_costs_its_row_and_not_the_file(cell):
    sheet = read_workbook(PATH, cells(f'<row r="2">{cell}<c r="B2"><v>5</v></c></row>'))
    (finding,) = sheet.findings
    assert (finding.column, finding.reason[:3]) == ("a", "错误值")
    assert sheet.frame["b"].to_list() == ["5"]


@pytest.mark.parametrize(
    ("written", "read"), [("1", "true"), ("0", "false"), ("true", "true"), ("false", "false")]
)
def test_a_truth_value_has_two_spellings(written, read):
    sheet = read_workbook(PATH, cells(f'<row r="2"><c r="A2" t="b"><v>{written}</v></c></row>'))
    assert sheet.frame["a"].to_list() == [read]


def test_a_cell_that_stands_twice_is_not_read_as_the_second():
    sheet = read_workbook(PATH, cells('<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'))
    (finding,) = sheet.findings
    assert finding.reason == "单元格在文件中出现两次 / the cell stands twice in the file"


@pytest.mark.parametrize(("serial", "day"), [(59, "1900-02-28"), (61, "1900-03-01"), (60, "#"), (-1, "#")])
def test_the_day_that_only_spreadsheets_have_is_no_date(serial, day):
    """Spreadsheets count 29 February 1900; openpyxl reads it as the 28th."""

    def style(made):
        made.active["A2"].number_format = "yyyy-mm-dd"

    assert read_workbook(PATH, book(["day"], [serial], change=style)).frame["day"].to_list() == [day]


@pytest.mark.parametrize(
    "number_format", ["000000", "[$-804]000000", "000000_ ", "000000;-000000", "[Red]000000"]
)
def test_zeros_that_a_format_shows_before_an_id_belong_to_it_whatever_stands_around_them(number_format):
    def style(made):
        made.active["A2"].number_format = number_format

    assert read_workbook(PATH, book(["id"], [12], change=style)).frame["id"].to_list() == ["000012"]


def test_blank_rows_above_the_header_are_no_rows():
    sheet = read_workbook(PATH, book([], [" "], ["a"], ["1"]))
    assert (sheet.frame.rows(), sheet.rows.to_list()) == ([("1",)], [4])
