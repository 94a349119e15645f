"""What is of another kind or encoding than it seems is named; it is never read as something else."""

import gzip
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from openpyxl import Workbook

from register.errors import SourceError
from register.sources.encoding import decode
from register.sources.files import read_sheet


def packed(**members):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def written(write):
    raw = io.BytesIO()
    write(raw)
    return raw.getvalue()


BOOK, TABLE = Workbook(), pa.table({"a": ["1"]})
BOOK.active.append(["a"])
XLSX, PARQUET = written(BOOK.save), written(lambda raw: pyarrow.parquet.write_table(TABLE, raw))
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
PAGE = b"<html><table><tr><td>household_id</td></tr></table></html>"
SHEETS_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@pytest.mark.parametrize(
    ("name", "raw", "kind", "step"),
    [
        ("a.csv", XLSX, "a workbook", "give its name the ending .xlsx"),
        ("a.parquet", XLSX, "a workbook", "give its name the ending .xlsx"),
        ("a.csv", PARQUET, "a Parquet table", "give its name the ending .parquet"),
        ("a.csv", OLD, "an old workbook (.xls)", "save it as .xlsx"),
        ("a.xlsx", OLD, "an old workbook (.xls)", "save it as .xlsx"),
        ("a.xlsx", PAGE, "a web page or XML", "save it as .xlsx"),
        ("a.csv", b"\xef\xbb\xbf\r\n" + PAGE, "a web page or XML", "save it as .xlsx"),
        ("a.xlsx", SHEETS_2003, "a web page or XML", "save it as .xlsx"),
        ("a.xlsx", packed(**{"xl/workbook.bin": ""}), "a binary workbook (.xlsb)", "save it as .xlsx"),
        ("a.xlsx", packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods", "as .xlsx"),
        ("a.csv", gzip.compress(b"a\n1\n", mtime=0), "a packed file", "unpack it"),
        ("a.parquet", written(lambda raw: pyarrow.feather.write_feather(TABLE, raw)), "Arrow", "as Parquet"),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_named_with_the_one_thing_to_do(name, raw, kind, step):
    with pytest.raises(SourceError) as refusal:
        read_sheet(Path(name), raw)
    message = str(refusal.value)
    assert message.startswith(f"{name}: its name ends in {Path(name).suffix}, but it is ")
    assert kind in message
    assert step in message


@pytest.mark.parametrize(("name", "raw"), [("a.xlsx", XLSX), ("a.parquet", PARQUET)])
def test_the_ending_that_the_message_asks_for_is_read(name, raw):
    assert read_sheet(Path(name), raw).frame.columns == ["a"]


def refusal_of(raw):
    with pytest.raises(SourceError) as refusal:
        decode(Path("a.csv"), raw)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("hz", "HZ", "id,name\n1,村庄\n"),
        ("utf-7", "UTF-7", "id,name\n1,村庄\n"),
        ("big5", "Big5", "id,name\n1,張家村\n2,劉庄\n3,陳家莊\n"),
    ],
)
def test_chinese_in_an_encoding_that_reads_as_another_is_refused_by_its_name(encoding, name, text):
    assert refusal_of(text.encode(encoding)).startswith(
        f"a.csv: the text seems to be {name}, which is not read"
    )
    assert decode(Path("a.csv"), text.encode("utf-8-sig")) == (text, "utf-8")


@pytest.mark.parametrize(
    "text", ["+8613800001111", "+86-138", "a+b", "a~{b", "2024-01-05T00:00+08:00", "+500"]
)
def test_signs_of_ascii_that_are_no_chinese_stay_as_they_are(text):
    assert decode(Path("a.csv"), text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("text", ["張家村\n劉庄\n陳家莊\n", "王珺\n李喆\n赟\n", "珺,喆,堃,昇,镕,赟,淼"])
def test_rare_and_traditional_characters_in_gb18030_are_no_big5(text):
    assert decode(Path("a.csv"), text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("blank", ["\xa0", "\u2009", "\u202f"])
def test_a_blank_that_parts_thousands_costs_its_cell_and_not_the_file(blank):
    """C2 A0 is such a blank in UTF-8 and a hanzi in GB18030, which stands between no digits."""
    text = f"id,amount\n1,1{blank}200\n"
    assert decode(Path("a.csv"), text.encode()) == (text, "utf-8")
