"""Files and folders that are refused as a whole: how each comes about, and what the message says to do."""

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from hashlib import sha256

import openpyxl
import pandas as pd
import polars as pl
import pyreadstat

from register.sources import intake
from tests.advice.offices import office, write, written
from tests.register import exports

C1 = "C1"
TWO_ENCODINGS = "星火\n".encode() + "村\n".encode("gb18030")
#: Signatures of a zip file's parts and where each keeps its flags; the lowest says encrypted.
FLAGS = ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8))


@dataclass(frozen=True)
class Refusal:
    """One refusal and one way to follow it.

    Attributes
    ----------
    says : str
        Part of the message.
    spoil, follow : callable
        Change the delivered folder.
    kind : str
        Format of its files.
    """

    says: str
    spoil: Callable
    follow: Callable
    kind: str = "csv"


def table(name, suffix="csv", county=C1):
    return lambda folder: folder / county / f"{name}.{suffix}"


INCOME, BOOK, PARQUET = table("income"), table("income", "xlsx"), table("income", "parquet")
SAV = table("income", "sav")


def clean_text():
    return written(office()[C1]["income"])


def text(change, encoding="utf-8", mark=b""):
    """Write income.csv anew from its clean text."""
    return lambda folder: INCOME(folder).write_bytes(mark + change(clean_text()).encode(encoding))


def raw(change):
    return lambda folder: INCOME(folder).write_bytes(change(clean_text().encode()))


def as_utf8(folder):
    """Save the file as CSV UTF-8 with a mark, as a spreadsheet does."""
    INCOME(folder).write_bytes(b"\xef\xbb\xbf" + clean_text().encode())


def again(folder):
    """Get the delivery once more."""
    suffix = next(path.suffix for path in folder.rglob("villages.*"))[1:]
    shutil.rmtree(folder)
    write_as(folder, suffix)


def write_as(folder, kind):
    if kind == "parquet":
        for county, tables in office().items():
            (folder / county).mkdir(parents=True)
            for name, rows in tables.items():
                pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)).write_parquet(
                    folder / county / f"{name}.parquet"
                )
    elif kind == "sav":
        for county, tables in office().items():
            (folder / county).mkdir(parents=True)
            for name, rows in tables.items():
                frame = pd.DataFrame(rows, dtype=str).fillna("")
                pyreadstat.write_sav(frame, folder / county / f"{name}.sav")
    else:
        write(folder, office(), kind)
    return folder


def book(change):
    """Open income.xlsx, change it, save it."""

    def apply(folder):
        opened = openpyxl.load_workbook(BOOK(folder))
        change(opened, opened.active)
        opened.save(BOOK(folder))

    return apply


def part(name, change):
    """Change a part of income.xlsx."""

    def apply(folder):
        whole = BOOK(folder).read_bytes()
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            content = archive.read(name) if name in archive.namelist() else b""
        BOOK(folder).write_bytes(exports.with_part(whole, name, change(content)))

    return apply


def locked(folder):
    """Mark every part as encrypted, as a password does."""
    spoilt = BOOK(folder).read_bytes()
    for sign, offset in FLAGS:
        pieces = spoilt.split(sign)
        spoilt = sign.join([pieces[0], *(_flagged(piece, offset - 4) for piece in pieces[1:])])
    BOOK(folder).write_bytes(spoilt)


def _flagged(piece, place):
    return piece[:place] + bytes([piece[place] | 1]) + piece[place + 1 :]


def control(**changes):
    """Lay a control file beside, with some of its entries changed; None leaves one out."""

    def apply(folder):
        files = sorted(path for path in folder.rglob("*.csv"))
        told = {
            path.relative_to(folder).as_posix(): {
                "rows": len(path.read_text("utf-8").splitlines()) - 1,
                "sha256": sha256(path.read_bytes()).hexdigest(),
            }
            for path in files
        }
        for change in changes.values():
            change(told)
        (folder / "control.json").write_text(json.dumps(told), encoding="utf-8")

    return apply


def parquet(change):
    def apply(folder):
        change(pl.read_parquet(PARQUET(folder))).write_parquet(PARQUET(folder))

    return apply


def huge(folder):
    os.truncate(INCOME(folder), intake.MAX_BYTES + 1)


def linked(folder):
    elsewhere = folder.with_name("elsewhere.csv")
    INCOME(folder).rename(elsewhere)
    INCOME(folder).symlink_to(elsewhere)


def piped(folder):
    INCOME(folder).unlink()
    os.mkfifo(INCOME(folder))


def renamed(old, new):
    return lambda folder: (folder / old).rename(folder / new)


def shuffled(content):
    """Put the second row of a sheet before the first."""
    first, second = content.index(b'<row r="2"'), content.index(b'<row r="3"')
    third = content.index(b'<row r="4"')
    return content[:first] + content[second:third] + content[first:second] + content[third:]


def headless(clean):
    """Leave the names of the columns out; the cells of the first row all differ."""
    first, rest = clean.split("\n", 2)[1:]
    return ",".join(f"{cell}{place}" for place, cell in enumerate(first.split(","))) + "\n" + rest


def apostrophes(clean):
    return "".join("'" + line.replace(",", "','") + "'\n" for line in clean.splitlines())


def example(clean):
    """Write a household's income over the template's example, but for its number."""
    header, first, rest = clean.split("\n", 2)
    own = header.split(",").index("household_id")
    cells = ["示例" if place == own else cell for place, cell in enumerate(first.split(","))]
    return "\n".join([header, ",".join(cells), rest])


def beyond(clean):
    """Write a remark behind the third row; spreadsheets then end every row with a comma."""
    lines = [line + "," for line in clean.splitlines()]
    lines[2] += "x"
    return "\n".join(lines) + "\n"


def mixed(clean):
    """Part the names by semicolons but for one comma."""
    return clean.replace(",", ";").replace(";", ",", 1)


def without_income(folder):
    INCOME(folder).unlink()


def income_again(folder):
    INCOME(folder).unlink(missing_ok=True)
    text(str)(folder)


def region(old, new):
    def apply(folder):
        path = table("villages")(folder)
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return apply


def wages_beside(folder):
    (folder / "C1/wages.csv").write_text("household_id\nH1\n", encoding="utf-8")


def shortened(folder):
    """Lose the last row after the sender counted."""
    control()(folder)
    text(lambda clean: clean[: clean.rindex("\n", 0, -1) + 1])(folder)


def entry(**values):
    """Change what the control file says of income.csv."""
    return control(change=lambda told: told["C1/income.csv"].update(values))


def two_sheets(opened, sheet):
    opened.copy_worksheet(sheet)


def one_sheet(opened, _):
    opened.remove(opened.worksheets[1])


def remark(value):
    return book(lambda _, sheet: setattr(sheet.cell(2, 40), "value", value))


def labelled(labels, **columns):
    """Write income.sav anew with a further column, or with labels."""

    def apply(folder):
        frame, _ = pyreadstat.read_sav(SAV(folder))
        pyreadstat.write_sav(frame.assign(**columns), SAV(folder), variable_value_labels=labels)

    return apply


def listed(frame):
    return frame.with_columns(source=pl.concat_list("source"))


def unlisted(frame):
    return frame.with_columns(source=pl.col("source").list.first())


def misnamed(folder):
    """Give a workbook the name of a CSV."""
    exports.workbook(BOOK(folder), office()[C1]["income"])
    BOOK(folder).rename(INCOME(folder))


def gone(name):
    return lambda folder: (folder / name).unlink()


CSV = (
    Refusal("none of its", text(headless), text(str)),
    Refusal("put the column names there", text(lambda clean: clean.split("\n", 1)[1]), text(str)),
    Refusal("unknown columns", text(lambda clean: clean.replace("amount", "sum", 1)), text(str)),
    Refusal("doubled columns", text(lambda clean: clean.replace("amount", "source", 1)), text(str)),
    Refusal("are both", text(lambda clean: clean.replace("amount", "来源", 1)), text(str)),
    Refusal("bears two names", text(lambda clean: clean.replace("amount", "金额 source", 1)), text(str)),
    Refusal("is still 示例", text(example), text(str)),
    Refusal("found no header", raw(lambda _: b""), text(str)),
    Refusal("its one column holds several names", text(lambda clean: clean.replace(",", "\x1f")), as_utf8),
    Refusal("in capital letters", text(str.upper), text(str)),
    Refusal("its name ends in", misnamed, renamed("C1/income.csv", "C1/income.xlsx")),
    Refusal("not UTF-8 text", raw(lambda clean: b"\0" + clean), as_utf8),
    Refusal("quoted with '", text(apostrophes), as_utf8),
    Refusal("the file is cut or a comma is not quoted", raw(lambda clean: clean[:-20]), again),
    Refusal("the file is cut or a comma is not quoted", raw(lambda clean: clean[:-20]), text(str)),
    Refusal("a cell lies beyond the header", text(beyond), text(str)),
    Refusal("not a valid CSV row", text('{}"x'.format), text(str)),
    Refusal("is neither UTF-8 nor GB18030", raw(lambda clean: clean + "星火".encode() + b"\xff\n"), as_utf8),
    Refusal("though other lines are", raw(lambda clean: clean + TWO_ENCODINGS), as_utf8),
    Refusal(
        "can be read as UTF-8 and as GB18030", text(lambda clean: clean.replace("wage", "㐁㐁", 1)), as_utf8
    ),
    Refusal("which the file seems to be", text(str, mark=b"\xff\xfe"), as_utf8),
    Refusal("are parted by", text(lambda clean: clean.replace(",", "，")), as_utf8),
    Refusal("the separator is not clear", text(mixed), as_utf8),
    Refusal("not a regular file", piped, income_again),
    Refusal("a symbolic link", linked, income_again),
    Refusal("split the file by county", huge, again),
)
BOOKS = tuple(
    Refusal(says, spoil, follow, "xlsx")
    for says, spoil, follow in (
        ("not a whole .xlsx workbook", lambda folder: BOOK(folder).write_bytes(b"PK"), again),
        ("protected by a password", locked, again),
        ("doubled names or names that lead out", part("../x.xml", lambda _: b""), again),
        ("parts expand from", part("xl/x.bin", lambda _: bytes(3_000_000)), again),
        ("not a readable workbook", part("xl/workbook.xml", lambda _: b"<x"), again),
        ("found visible sheets", book(two_sheets), book(one_sheet)),
        ("merged cells", book(lambda _, sheet: sheet.merge_cells("A2:A3")), again),
        ("lies beyond the header", remark("x"), remark(None)),
        ("stands after row", part("xl/worksheets/sheet1.xml", shuffled), again),
    )
)
PARQUETS = tuple(
    Refusal(says, spoil, follow, "parquet")
    for says, spoil, follow in (
        ("not a readable Parquet table", lambda folder: PARQUET(folder).write_bytes(b"PAR1"), again),
        ("hold lists, bytes or durations", parquet(listed), parquet(unlisted)),
    )
)
LABELLED = tuple(
    Refusal(says, spoil, follow, "sav")
    for says, spoil, follow in (
        (
            "not a whole SPSS file",
            lambda folder: SAV(folder).write_bytes(SAV(folder).read_bytes()[:300]),
            again,
        ),
        ("hold times of day", labelled(None, came_at=time(8, 30)), again),
        (
            "stand for several codes each",
            labelled({"source": {"wage": "earned", "crop": "earned"}}),
            again,
        ),
    )
)
FOLDERS = (
    Refusal("no such folder", shutil.rmtree, lambda folder: write(folder, office())),
    Refusal("no such table", wages_beside, gone("C1/wages.csv")),
    Refusal(
        "found no county folder",
        lambda folder: [shutil.rmtree(folder / county) for county in ("C1", "C2")],
        lambda folder: write(folder, office()),
    ),
    Refusal(
        "keep one of the two",
        lambda folder: exports.workbook(BOOK(folder), office()[C1]["income"]),
        gone("C1/income.xlsx"),
    ),
    Refusal("missing or without rows", without_income, income_again),
    Refusal(
        "not read, allowed are",
        renamed("C1/income.csv", "C1/income.xls"),
        lambda folder: (gone("C1/income.xls")(folder), as_utf8(folder)),
    ),
    Refusal("found county id", renamed("C1", "C 1"), renamed("C 1", "C1")),
    Refusal(
        "which a disk may not tell apart",
        lambda folder: shutil.copytree(folder / "C1", folder / "c1"),
        lambda folder: shutil.rmtree(folder / "c1"),
    ),
    Refusal("villages lie in region_id", region("530000", "999999"), region("999999", "530000")),
    Refusal("no usable row in", text(lambda clean: clean.replace("wage", "Lohn")), text(str)),
)
CONTROLS = (
    Refusal(
        "not a list of files with rows and sha256",
        lambda folder: (folder / "control.json").write_text("[]", encoding="utf-8"),
        gone("control.json"),
    ),
    Refusal("not listed in", control(change=lambda told: told.pop("C1/income.csv")), control()),
    Refusal("counted so", entry(rows=1), control()),
    Refusal("the file was cut or changed", shortened, again),
    Refusal(
        "but missing; ask for it again",
        control(change=lambda told: told.update({"C1/land.csv": {"rows": 1, "sha256": "0"}})),
        control(),
    ),
)
LINE = "530000,2024-01-01,9000,year,CNY,a letter"


def lines(*rows):
    text = "\n".join(["region_id,effective_from,amount,period,currency,source", *rows, ""])
    return lambda folder: (folder / "lines.csv").write_text(text, encoding="utf-8")


LINES = (
    Refusal("found no line; fill in a row", lines(), lines(LINE)),
    Refusal("has two lines from", lines(LINE, LINE.replace("9000", "9100")), lines(LINE)),
)
REFUSALS = (*CSV, *BOOKS, *PARQUETS, *LABELLED, *FOLDERS, *CONTROLS, *LINES)
