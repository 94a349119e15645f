"""An .ods workbook: its cells as they stand, and nothing that would blow up or reach out."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from register.errors import SourceError
from watchlists.lookbacks import open_document as module
from watchlists.lookbacks.as_workbook import Formula
from watchlists.lookbacks.file import UNREADABLE, handed_in
from watchlists.lookbacks.open_document import ProtectedError, open_document

HEAD = (
    "<office:document-content "
    + " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for one, full in (
            *(("office", "office"), ("style", "style"), ("table", "table")),
            *(("text", "text"), ("draw", "drawing")),
        )
    )
    + ">"
)
MANIFEST = "<manifest/>"


def packed(content, manifest=MANIFEST, **more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
        for name, text in more.items():
            archive.writestr(name, text)
    return made.getvalue()


def document(rows, styles="", table='table:name="回头看"'):
    return (
        f"{HEAD}<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"<table:table {table}>{rows}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def row(*cells, **how):
    told = " ".join(f'table:{name.replace("_", "-")}="{value}"' for name, value in how.items())
    return f"<table:table-row {told}>{''.join(cells)}</table:table-row>"


def cell(kind="string", text="", more="", inside=""):
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell office:value-type="{kind}" {more}>{inside}{paragraphs}</table:table-cell>'


EMPTY = "<table:table-cell/>"


def page(rows, **how):
    (one,), _ = open_document(Path("a.ods"), packed(document(rows, **how)))
    return one


def test_every_kind_of_cell_is_read():
    cells = page(
        row(
            cell("float", "12", 'office:value="12"'),
            cell("percentage", "5%", 'office:value="0.05"'),
            cell("boolean", "TRUE", 'office:boolean-value="true"'),
            cell("date", "2026年2月3日", 'office:date-value="2026-02-03"'),
            cell("date", "x", 'office:date-value="2026-02-03T08:30:00"'),
            cell("date", "x", 'office:date-value="一天"'),
            cell("string", "一\n二"),
            cell("string", "", 'office:string-value="值"'),
            cell("float", "3", 'table:formula="of:=1+2" office:value="3"'),
        )
    ).cells
    assert [cells[0, column] for column in range(8)] == [
        *(12, 0.05, True, date(2026, 2, 3), datetime(2026, 2, 3, 8, 30), "一天", "一\n二", "值"),  # noqa: DTZ001
    ]
    assert isinstance(cells[0, 8], Formula)


def test_blanks_tabs_and_line_ends_inside_a_text_stand():
    written = 'A<text:s text:c="2"/>B<text:tab/>C<text:line-break/><text:span>D</text:span>E'
    assert page(row(cell("string", written))).cells == {(0, 0): "A  B\tC\nDE"}


def test_rows_and_cells_that_repeat_stand_where_they_are_shown():
    again = cell("string", "因病", 'table:number-columns-repeated="2"')
    cells = page(row(EMPTY, number_rows_repeated=3) + row(EMPTY, again, number_rows_repeated=2)).cells
    assert cells == dict.fromkeys([(3, 1), (3, 2), (4, 1), (4, 2)], "因病")


def test_merged_cells_and_hidden_pages_are_known():
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    hidden = (
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
        '</style:style><style:style style:name="ta1" style:family="table"/>'
    )
    one = page(
        row(cell("string", "题", spanned)), styles=hidden, table='table:name="页" table:style-name="ta2"'
    )
    assert one.merged == [(0, 0, 2, 1)]
    assert not one.visible


@pytest.mark.parametrize(
    "more", ["<office:annotation><text:p>邻居</text:p></office:annotation>", "<draw:image/>"]
)
def test_comments_and_pictures_are_no_text_but_known_of(more):
    ((one,), has_more) = open_document(Path("a"), packed(document(row(cell("string", "住院", "", more)))))
    assert (one.cells, has_more) == ({(0, 0): "住院"}, True)


def test_a_password_is_known_of():
    for sign in ("encryption-data", "encrypted-package"):
        with pytest.raises(ProtectedError):
            open_document(Path("a"), packed("0", f"<manifest>{sign}</manifest>"))


ENTITY = '<!DOCTYPE x [<!ENTITY a "{}">]>'
SPOILT = {
    "an entity": ENTITY.format("boom") + document(row(cell("string", "&a;"))),
    "a file from outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + document(row(cell("string", "&a;"))),
    "a cell repeated over a sheet": document(
        row(cell("string", "因病", 'table:number-columns-repeated="16384"'), number_rows_repeated=1_048_576)
    ),
    "nought cells": document(row(cell("string", "x", 'table:number-columns-repeated="0"'))),
    "a number that is none": document(row(cell("float", "x", 'office:value="x"'))),
    "a cut document": document("")[:-9],
    "a text too long for a cell": document(row(cell("string", "长" * 40_000))),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_is_damaged_or_dangerous_is_refused_in_one_line(tmp_path, spoilt):
    path = tmp_path / "a.ods"
    path.write_bytes(packed(SPOILT[spoilt]))
    with pytest.raises(SourceError) as refused:
        handed_in(path)
    assert str(refused.value) == f"{path}: {UNREADABLE}"


def test_a_document_that_unpacks_to_far_too_much_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    with pytest.raises(ValueError, match="far too large"):
        open_document(Path("a"), packed(document(row(cell("string", "x" * 2_000)))))


def test_a_zip_bomb_is_refused_unread():
    with pytest.raises(SourceError, match="expand from"):
        open_document(Path("a"), packed(document(row(cell("string", "0" * 40_000_000)))))


def test_a_document_without_content_is_refused(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(SourceError) as refused:
        handed_in(path)
    assert str(refused.value) == f"{path}: {UNREADABLE}"
