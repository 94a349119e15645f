"""Ways in which a delivered file goes wrong, and what may come of each."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.register.exports import with_part

IDENTICAL, QUARANTINED, REFUSED, OTHER = "identical", "quarantined", "refused", "other data"
#: Damage on the way: a control file shows it, without one other data may come through.
ANYTHING = (IDENTICAL, QUARANTINED, REFUSED, OTHER)


@dataclass(frozen=True)
class Mutation:
    """One way to spoil a file.

    Attributes
    ----------
    spoil : callable
        Takes the file's bytes and a random generator, gives other bytes.
    kinds : tuple of str
        Suffixes of the files it works on.
    allowed : tuple of str
        What may come of it when no control file says otherwise.
    by_sender : bool
        Whether the sender spoils the file, so that a control file is of the spoilt one;
        otherwise it is spoilt on the way.
    """

    spoil: Callable
    kinds: tuple[str, ...]
    allowed: tuple[str, ...]
    by_sender: bool = True

    @property
    def name(self):
        return self.spoil.__name__.replace("_", " ")


def flip_bits(raw, rng):
    spoilt = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def cut(raw, rng):
    return raw[: rng.randrange(len(raw))]


def splice(raw, rng):
    start, end = sorted(rng.randrange(len(raw)) for _ in range(2))
    place = rng.randrange(len(raw))
    return raw[:place] + raw[start:end] + raw[place:]


def drop_a_piece(raw, rng):
    start = rng.randrange(len(raw))
    return raw[:start] + raw[start + rng.randint(1, 40) :]


def zero_bytes(raw, rng):
    place = rng.randrange(len(raw))
    return raw[:place] + b"\0" * rng.randint(1, 5) + raw[place:]


def noise(raw, rng):
    return rng.randbytes(rng.randint(0, 4000))


def encode_otherwise(raw, rng):
    text = raw.decode()
    mark, encoding = rng.choice(
        [(b"\xef\xbb\xbf", "utf-8"), (b"", "gb18030"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
    )
    return mark + text.encode(encoding)


def encode_as_nobody_reads(raw, rng):
    text = raw.decode()
    return text.encode(rng.choice(["utf-16-le", "utf-16-be"])) if rng.random() < 0.5 else b"\xff" + raw


def mix_encodings(raw, rng):
    lines = raw.decode().splitlines(keepends=True)
    extra = "备注：星火村的户\n" * rng.randint(1, 2)
    return "".join(lines).encode() + extra.encode("gb18030") + extra.encode() + b"\xff"


def _table(raw):
    if raw[:2] == b"PK":
        sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
        return [list(row) for row in sheet.iter_rows(values_only=True)]
    return list(csv.reader(io.StringIO(raw.decode())))


def _written(rows, raw):
    out = io.BytesIO()
    if raw[:2] == b"PK":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(out)
        return out.getvalue()
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def shuffle_columns(raw, rng):
    rows = _table(raw)
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    return _written([[row[place] for place in order] for row in rows], raw)


def repeat_rows(raw, rng):
    rows = _table(raw)
    return _written([*rows, *rng.choices(rows[1:], k=rng.randint(1, 5))], raw)


def rename_a_column(raw, rng):
    rows = _table(raw)
    rows[0][rng.randrange(len(rows[0]))] += "x"
    return _written(rows, raw)


def double_a_column(raw, rng):
    rows = _table(raw)
    place = rng.randrange(len(rows[0]))
    return _written([[*row, row[place]] for row in rows], raw)


def swap_two_headers(raw, rng):
    rows = _table(raw)
    first, second = rng.sample(range(len(rows[0])), 2)
    rows[0][first], rows[0][second] = rows[0][second], rows[0][first]
    return _written(rows, raw)


def ragged_rows(raw, rng):
    rows = _table(raw)
    place = rng.randrange(1, len(rows))
    rows[place] = [*rows[place], "x"] if raw[:2] == b"PK" or rng.random() < 0.5 else rows[place][:-1]
    return _written(rows, raw)


def _set_id(raw, rng, spoilt):
    rows = _table(raw)
    ids = [place for place, name in enumerate(rows[0]) if name in ("household_id", "户编号", "人编号")]
    if not ids:
        return raw
    rows[rng.randrange(1, len(rows))][rng.choice(ids)] = spoilt
    return _written(rows, raw)


def excel_mangled_id(raw, rng):
    """Write an id as a spreadsheet leaves it; kept as text in a workbook, its zeros are the office's own."""
    rounded = [530622199001011200, 5.30622199001011e17] if raw[:2] == b"PK" else ["530622199001011000"]
    return _set_id(raw, rng, rng.choice(["5.30622E+17", "5.30622199001011E17", *rounded]))


def formula(raw, rng):
    rows = _table(raw)
    rows[rng.randrange(1, len(rows))][rng.randrange(len(rows[0]))] = rng.choice(
        ["=1+1", "=A2", "=SUM(B1:B9)"]
    )
    return _written(rows, raw)


def village_named_na(raw, rng):
    rows = _table(raw)
    if "name" in rows[0]:
        rows[1][rows[0].index("name")] = rng.choice(["NA", "NULL", "None", "nan", "N/A", "-"])
    return _written(rows, raw)


def hostile_text(raw, rng):
    rows = _table(raw)
    hostile = [
        "<script>",
        "{{7*7}}",
        "../../x",
        "'; DROP TABLE x; --",
        "\u202eabc",
        "1e400",
        "inf",
        "9" * 400,
    ]
    rows[rng.randrange(1, len(rows))][rng.randrange(len(rows[0]))] = rng.choice(hostile)
    return _written(rows, raw)


SHEET = "xl/worksheets/sheet1.xml"


def zip_bomb(raw, rng):
    rows = b"<row><c><v>0</v></c></row>" * rng.randint(500_000, 1_000_000)
    return with_part(raw, SHEET, b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")


def external_entity(raw, rng):
    entity = rng.choice(['SYSTEM "file:///etc/passwd"', '"a"', 'SYSTEM "http://127.0.0.1:1/x"'])
    cells = "<worksheet><sheetData><row><c><v>&z;</v></c></row></sheetData></worksheet>"
    text = f"<!DOCTYPE x [<!ENTITY z {entity}>]>{cells}"
    return with_part(raw, rng.choice([SHEET, "xl/workbook.xml", "[Content_Types].xml"]), text)


def part_that_leads_out(raw, rng):
    return with_part(raw, rng.choice(["../x.xml", "/etc/x", "xl\\..\\..\\x"]), b"")


def flip_bits_inside(raw, rng):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        part = rng.choice([SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
        return with_part(raw, part, flip_bits(archive.read(part), rng))


def join_two_exports(raw, rng):
    """The header stands again in the midst of the rows."""
    rows = _table(raw)
    place = rng.randrange(1, len(rows) + 1)
    return _written([*rows[:place], rows[0], *rows[place:]], raw)


def blank_rows_above(raw, rng):
    blank = [None] * len(_table(raw)[0])
    return _written([blank] * rng.randint(1, 3) + _table(raw), raw)


def title_above(raw, rng):
    return _written([["户信息表（截至10月）"], *_table(raw)], raw)


def total_beneath(raw, rng):
    rows = _table(raw)
    words = rng.choice(["合计", "总 计", "注：数据截至10月", "Total"])
    return _written([*rows, [words, *[None] * (len(rows[0]) - 1)]], raw)


def word_for_no_id(raw, rng):
    return _set_id(raw, rng, rng.choice(["nan", "NULL", "None", "<NA>", "—", "/", "无", "不详"]))


def dots_in_dates(raw, rng):
    """2024.1.5 is a day as people write it."""
    return _with_days(raw, lambda day: f"{day[:4]}.{int(day[5:7])}.{int(day[8:10])}")


def days_as_counts_of_seconds(raw, rng):
    def counted(day):
        return str(int((date.fromisoformat(day) - date(1970, 1, 1)).total_seconds()))

    return _with_days(raw, counted)


def days_as_serials(raw, rng):
    """Excel's own number of a day, in a cell of no date format or in a CSV."""
    return _with_days(raw, lambda day: str((date.fromisoformat(day) - date(1899, 12, 30)).days))


def _with_days(raw, write):
    days = [
        [cell.date().isoformat() if isinstance(cell, datetime) else cell for cell in row]
        for row in _table(raw)
    ]
    is_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
    return _written(
        [
            [write(cell) if isinstance(cell, str) and is_day.fullmatch(cell) else cell for cell in row]
            for row in days
        ],
        raw,
    )


def another_ending(raw, rng):
    """A workbook, a Parquet table, a web page or a packed file under the name of a table."""
    others = [bytes.fromhex("d0cf11e0a1b11ae1") + raw, b"<html><table></table></html>", gzip.compress(raw)]
    return rng.choice([*others, b"PAR1" + raw + b"PAR1", b"%PDF-1.7" + raw])


def seven_bits(raw, rng):
    lines = raw.decode().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(",", ",村庄", 1)
    return "".join(lines).encode(rng.choice(["hz", "utf-7"]))


def separators_behind_rows(raw, rng):
    lines = raw.decode().splitlines()
    return "\n".join([lines[0], *(f"{line}," for line in lines[1:]), ""]).encode()


def separator_behind_header(raw, rng):
    return raw.replace(b"\n", b",\n", 1)


def two_marks(raw, rng):
    return b"\xef\xbb\xbf" * rng.randint(2, 3) + raw


def a_chart_of_its_own(raw, rng):
    return _changed_book(raw, lambda book: book.create_chartsheet("图"))


def a_cell_that_stands_twice(raw, rng):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read(SHEET).decode()
    cells = list(re.finditer(r'<c r="[A-Z]+([0-9]+)"(?:(?!<c ).)*?</c>', sheet))
    own = rng.choice([one for one in cells if one[1] != "1"])
    return with_part(raw, SHEET, sheet[: own.end()] + own[0] + sheet[own.end() :])


def a_text_that_the_workbook_lacks(raw, rng):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read(SHEET).decode()
    kinds = [r't="n"><v>[^<]*', r't="s"><v>[0-9]+']
    cells = [one for kind in kinds for one in re.finditer(kind, sheet[sheet.index('<row r="2"') :])]
    own, start = rng.choice(cells), sheet.index('<row r="2"')
    wrong = rng.choice(['t="s"><v>99999', 't="n"><v>abc', 't="b"><v>perhaps'])
    return with_part(raw, SHEET, sheet[: start + own.start()] + wrong + sheet[start + own.end() :])


def office_date_formats(raw, rng):
    """Formats that a file gives by number alone."""
    number = rng.choice([*range(27, 37), *range(50, 59)])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    days = [*re.findall(r'numFmtId="(16[4-9])" formatCode="yyyy', styles), "14"]
    for day in days:
        styles = re.sub(rf'(<xf [^>]*)numFmtId="{day}"', rf'\1numFmtId="{number}"', styles)
    return with_part(raw, "xl/styles.xml", styles)


def _changed_book(raw, change):
    book, out = openpyxl.load_workbook(io.BytesIO(raw)), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def _rewritten(raw, change):
    table, out = pq.read_table(io.BytesIO(raw)), io.BytesIO()
    pq.write_table(change(table), out)
    return out.getvalue()


def row_numbers_of_pandas(raw, rng):
    return _rewritten(
        raw, lambda table: table.append_column("__index_level_0__", pa.array(range(len(table))))
    )


def texts_as_bytes(raw, rng):
    """Impala and old Spark do not say which of their bytes are texts."""

    def as_bytes(table):
        kinds = [pa.binary() if pa.types.is_large_string(one.type) else one.type for one in table.schema]
        return table.cast(pa.schema(zip(table.column_names, kinds, strict=True)))

    return _rewritten(raw, as_bytes)


def instants_of_a_zone_by_another_name(raw, rng):
    zone = rng.choice(["China Standard Time", "CST", "UTC+8", "Z"])

    def zoned(column):
        if not pa.types.is_date(column.type):
            return column
        midnight = pc.cast(column, pa.timestamp("s"))
        return pc.cast(pc.assume_timezone(midnight, "Asia/Shanghai"), pa.timestamp("s", zone))

    return _rewritten(raw, lambda table: pa.table([zoned(one) for one in table.columns], table.column_names))


def numbers_of_many_digits(raw, rng):
    def wide(column):
        is_number = pa.types.is_floating(column.type) or pa.types.is_integer(column.type)
        whole = pc.cast(column, pa.decimal128(38, 10)) if is_number else column
        return pc.cast(whole, pa.decimal256(60, 10)) if is_number else column

    return _rewritten(raw, lambda table: pa.table([wide(one) for one in table.columns], table.column_names))


BYTES, CELLS, ZIPPED = ("csv", "xlsx", "parquet"), ("csv", "xlsx"), ("xlsx",)
UNHARMED, NOT_SILENT = (IDENTICAL,), (QUARANTINED, REFUSED)
MUTATIONS = (
    *(
        Mutation(spoil, BYTES, ANYTHING, by_sender=False)
        for spoil in (flip_bits, cut, splice, drop_a_piece, noise)
    ),
    Mutation(flip_bits_inside, ZIPPED, ANYTHING, by_sender=False),
    Mutation(zero_bytes, BYTES, ANYTHING, by_sender=False),
    Mutation(encode_otherwise, ("csv",), (IDENTICAL, REFUSED)),
    Mutation(encode_as_nobody_reads, ("csv",), (REFUSED,)),
    Mutation(mix_encodings, ("csv",), (REFUSED,)),
    Mutation(shuffle_columns, CELLS, UNHARMED),
    Mutation(repeat_rows, CELLS, UNHARMED),
    Mutation(rename_a_column, CELLS, (IDENTICAL, REFUSED)),
    Mutation(double_a_column, CELLS, (REFUSED,)),
    Mutation(swap_two_headers, CELLS, ANYTHING),
    Mutation(ragged_rows, CELLS, (REFUSED,)),
    Mutation(excel_mangled_id, CELLS, (IDENTICAL, *NOT_SILENT)),
    Mutation(formula, ("xlsx",), (IDENTICAL, *NOT_SILENT)),
    Mutation(village_named_na, CELLS, (IDENTICAL, OTHER)),
    Mutation(hostile_text, CELLS, ANYTHING),
    Mutation(zip_bomb, ZIPPED, (REFUSED,)),
    Mutation(external_entity, ZIPPED, (REFUSED,)),
    Mutation(part_that_leads_out, ZIPPED, (REFUSED,)),
    *(Mutation(spoil, CELLS, UNHARMED) for spoil in (join_two_exports, blank_rows_above, dots_in_dates)),
    Mutation(title_above, CELLS, (REFUSED,)),
    Mutation(total_beneath, CELLS, (IDENTICAL, *NOT_SILENT)),  # in a column that no mapping reads
    Mutation(word_for_no_id, CELLS, (IDENTICAL, *NOT_SILENT)),
    Mutation(days_as_counts_of_seconds, CELLS, (IDENTICAL, *NOT_SILENT)),
    Mutation(days_as_serials, CELLS, (IDENTICAL, *NOT_SILENT)),
    Mutation(another_ending, BYTES, (REFUSED,)),
    Mutation(seven_bits, ("csv",), (REFUSED,)),
    Mutation(separators_behind_rows, ("csv",), (REFUSED,)),
    *(Mutation(spoil, ("csv",), UNHARMED) for spoil in (separator_behind_header, two_marks)),
    *(Mutation(spoil, ZIPPED, UNHARMED) for spoil in (a_chart_of_its_own, office_date_formats)),
    *(
        Mutation(spoil, ZIPPED, (IDENTICAL, *NOT_SILENT))  # identical in a column that no mapping reads
        for spoil in (a_cell_that_stands_twice, a_text_that_the_workbook_lacks)
    ),
    *(
        Mutation(spoil, ("parquet",), UNHARMED)
        for spoil in (
            row_numbers_of_pandas,
            texts_as_bytes,
            instants_of_a_zone_by_another_name,
            numbers_of_many_digits,
        )
    ),
)
