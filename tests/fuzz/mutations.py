"""Ways in which a delivered file goes wrong, and what may come of each."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl

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
    typed = [530622199001011200, 5.30622199001011e17] if raw[:2] == b"PK" else []
    return _set_id(raw, rng, rng.choice(["5.30622E+17", "5.30622199001011E17", "530622199001011000", *typed]))


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
)
