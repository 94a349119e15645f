"""One table is one table: whatever it is saved as, the same rows and cells are read."""

import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from register.errors import SourceError
from register.intake.casting import cast
from register.sources.files import read_sheet
from register.sources.open import open_source
from register.tables import TABLES
from tests.parameters import source_section

COLUMNS = list(TABLES["income"].by_name)
PLAIN = {
    "household_id": "H1",
    "occurred_on": date(2024, 1, 31),
    "source": "wage",
    "recorded_on": date(2024, 2, 3),
}


def frame_of(*rows):
    return pl.DataFrame(
        [{**dict.fromkeys(COLUMNS), **row} for row in rows],
        schema={
            **dict.fromkeys(COLUMNS, pl.String),
            "occurred_on": pl.Date,
            "recorded_on": pl.Date,
            "amount": pl.Float64,
        },
    )


def separated(separator, start=""):
    def save(frame):
        return (start + frame.cast(pl.String).write_csv(separator=separator)).encode("utf-8-sig")

    return save


def as_workbook(frame):
    raw, book = io.BytesIO(), Workbook()
    for row in (frame.columns, *frame.rows()):
        book.active.append(row)
    book.save(raw)
    return raw.getvalue()


def as_parquet(frame):
    raw = io.BytesIO()
    frame.write_parquet(raw)
    return raw.getvalue()


SAVED = {
    "a.csv": separated(","),
    "semicolons.csv": separated(";"),
    "bars.csv": separated("|"),
    "told.csv": separated(";", "sep=;\n"),
    "a.tsv": separated("\t"),
    "a.xlsx": as_workbook,
    "a.parquet": as_parquet,
}


def cast_sheet(name, raw):
    return cast(read_sheet(Path(name), raw).table("income", name), TABLES["income"])


#: To the cent: a workbook keeps fifteen digits of a number.
AMOUNTS = st.none() | st.integers(0, 10**11).map(lambda cents: cents / 100)
ROWS = st.fixed_dictionaries(
    {
        "household_id": st.none() | st.text("0123456789AXü王𠮷", min_size=1, max_size=12),
        "member_id": st.none() | st.sampled_from(["", " ", "\u3000", "0053"]),
        "occurred_on": st.none() | st.dates(date(1900, 3, 1), date(2100, 12, 31)),
        "amount": AMOUNTS,
    }
)


@settings(max_examples=30)
@given(rows=st.lists(ROWS, min_size=1, max_size=6))
def test_the_same_table_is_read_to_the_same_frame_from_every_format(rows):
    frame = frame_of(*rows)
    read = {name: cast_sheet(name, save(frame)) for name, save in SAVED.items()}
    first = read["a.csv"]
    for name, one in read.items():
        kept = [*TABLES["income"].by_name] + ([] if name == "told.csv" else ["row"])
        assert one.frame.select(kept).equals(first.frame.select(kept)), name
        assert one.reasons["reason"].to_list() == first.reasons["reason"].to_list(), name


BLANK = {"household_id": " ", "member_id": "\u3000\xa0", "source": "\u200b"}


@pytest.mark.parametrize("name", SAVED)
def test_rows_without_a_value_are_no_rows_and_the_others_keep_their_numbers(name):
    """Excel wrote twenty rows that were used once; one holds blanks."""
    amounts = ({**PLAIN, "amount": 1.0}, {**PLAIN, "amount": 2.0})
    frame = frame_of(amounts[0], {}, BLANK, amounts[1], *[{}] * 20)
    sheet = read_sheet(Path(name), SAVED[name](frame))
    header = 2 if name == "told.csv" else 1
    assert sheet.rows.to_list() == [header + 1, header + 4]
    assert len(sheet.frame) == 2


@pytest.mark.parametrize("end", ["\n", "\n\n\n", "\r\n\r\n", "\n,\n", "\n \n", "\n\x1a"])
def test_blank_lines_at_the_end_of_a_csv_are_no_cut_file(end):
    assert read_sheet(Path("a.csv"), f"a,b\n1,2{end}".encode()).frame.rows() == [("1", "2")]
    assert read_sheet(Path("a.csv"), f'a,b\n"1",2{end}'.encode()).frame.rows() == [("1", "2")]


INSTANT = datetime(2024, 1, 13, 16, tzinfo=UTC)
MIDNIGHT = datetime.fromisoformat("2024-01-14")


def database(tmp_path, frame):
    """Give the income of a database of one county."""
    place = tmp_path / "database.url"
    place.write_text(f"sqlite:///{tmp_path}/register.db\n")
    place.chmod(0o600)
    engine = sa.create_engine(f"sqlite:///{tmp_path}/register.db", poolclass=sa.NullPool)
    with engine.begin() as connection:
        for name in ("villages", "households", "members"):
            columns = ", ".join(column.name for column in TABLES[name].columns)
            connection.exec_driver_sql(f"CREATE TABLE {name} ({columns})")
        connection.exec_driver_sql("INSERT INTO villages (village_id, county_id) VALUES ('V1', 'C1')")
        connection.exec_driver_sql("INSERT INTO households (household_id, village_id) VALUES ('H1', 'V1')")
        connection.exec_driver_sql(f"CREATE TABLE income ({', '.join(COLUMNS)})")
        marks = ", ".join("?" * len(COLUMNS))
        for row in frame.rows():
            connection.exec_driver_sql(f"INSERT INTO income VALUES ({marks})", row)
    return open_source(source_section(kind="sql", path=place))


def test_a_database_gives_no_row_without_a_value_either(tmp_path):
    frame = frame_of({**PLAIN, "amount": 1.0}, {}, BLANK).cast(pl.String)
    tables = {raw.name: raw for raw in database(tmp_path, frame).tables("C1")}
    assert tables["income"].frame["household_id"].to_list() == ["H1"]


def with_days(occurred_on):
    """Put a day as some system tells it into each format; XLSX has no zones but in text."""
    text = str(occurred_on) if isinstance(occurred_on, datetime) else occurred_on
    frame = frame_of({**PLAIN, "amount": 1.0})
    typed = pl.Series("occurred_on", [occurred_on])
    zone = getattr(occurred_on, "tzinfo", None)
    return {
        "a.csv": frame.with_columns(pl.lit(text).alias("occurred_on")),
        "a.parquet": frame.with_columns(typed),
        "a.xlsx": frame.with_columns(pl.lit(text).alias("occurred_on") if zone else typed),
    }


@pytest.mark.parametrize(
    ("moment", "day", "message"),
    [
        (MIDNIGHT, date(2024, 1, 14), None),
        (INSTANT, date(2024, 1, 14), None),
        (INSTANT.astimezone(timezone(timedelta(hours=8))), date(2024, 1, 14), None),
        (MIDNIGHT + timedelta(hours=8), None, "holds a time of day"),
        (MIDNIGHT + timedelta(milliseconds=1), None, "holds a time of day"),
        (INSTANT + timedelta(hours=8), None, "an instant of zone +00:00 that is no midnight in China"),
    ],
)
def test_midnights_and_instants_are_judged_alike_in_every_format(moment, day, message):
    for name, frame in with_days(moment).items():
        done = cast_sheet(name, SAVED[name](frame))
        assert done.frame["occurred_on"].to_list() == [day], name
        reasons = done.reasons["reason"].to_list()
        assert (len(reasons) == 0) if message is None else (len(reasons) == 1 and message in reasons[0]), name


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_no_fraction_of_a_second_in_a_parquet_file_is_dropped(unit):
    late = pl.Series("occurred_on", [MIDNIGHT + timedelta(milliseconds=1)]).cast(pl.Datetime(unit))
    done = cast_sheet("a.parquet", as_parquet(frame_of({**PLAIN, "amount": 1.0}).with_columns(late)))
    assert done.reasons["reason"].to_list() == ["带有时刻 / holds a time of day"]


def reasons_for(name, **cells):
    """Write one row whose cells have types of their own; give what is said of it."""
    row = {**PLAIN, "amount": 1.0, **cells}
    frame = pl.DataFrame({column: [row.get(column)] for column in COLUMNS})
    return cast_sheet(name, SAVED[name](frame)).reasons.select("column", "reason").rows()


DATE_CELL = "单元格是日期，该列不收日期（3-1 会被表格软件变成日期） / a date cell in a column that holds none"
TRUTH_CELL = "单元格是逻辑值，该列不收逻辑值 / a truth value in a column that holds none"


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"household_id": date(2024, 3, 1)}, DATE_CELL),
        ({"amount": date(2024, 3, 1)}, DATE_CELL),
        ({"source": date(2024, 3, 1)}, DATE_CELL),
        ({"household_id": True}, TRUTH_CELL),
        ({"amount": True}, TRUTH_CELL),
        ({"occurred_on": True}, TRUTH_CELL),
        (
            {"occurred_on": 45292},
            "像表格软件的日期序号 / looks like the serial number that a spreadsheet keeps for a date",
        ),
        ({"household_id": 530622.5}, "编号被表格软件改成数字 / a spreadsheet rounded this id"),
    ],
)
def test_a_typed_cell_is_asked_whether_its_column_may_hold_that_type(name, cells, reason):
    assert reasons_for(name, **cells) == [(next(iter(cells)), reason)]


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
@pytest.mark.parametrize(
    "cells",
    [{"household_id": 530622.0}, {"household_id": 530622}, {"amount": "12.5"}, {"occurred_on": 20240131}],
)
def test_a_number_that_can_only_mean_one_thing_is_read(name, cells):
    assert reasons_for(name, **cells) == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_a_long_id_that_is_known_to_be_text_is_never_called_rounded(name):
    """A village's own register gives ids of 18 digits by the hundred, ending in zeros."""
    assert reasons_for(name, household_id="530622198001010000") == []
    (reason,) = cast_sheet(
        "a.csv", SAVED["a.csv"](frame_of({**PLAIN, "household_id": "530622198001010000", "amount": 1}))
    ).reasons.to_dicts()
    assert reason["reason"].endswith("zeros after the 15th digit, as a spreadsheet rounds an id")


def test_a_text_with_a_power_is_not_told_to_become_text():
    """The column was formatted as text after the digits had gone."""
    (reason,) = cast_sheet(
        "a.xlsx", SAVED["a.xlsx"](frame_of({**PLAIN, "household_id": "5.30622E+17", "amount": 1}))
    ).reasons.to_dicts()
    assert reason["next_step"].endswith(
        "the column is text already and formatting it is no help: export the ids again from the system"
    )


def test_a_flag_takes_one_and_zero_and_no_other_number():
    frame = pl.DataFrame({"village_id": ["V1"] * 3, "has_clinic": [1.0, 0.0, 2.0]})
    needed = {column.name: "2024-01-01" for column in TABLES["villages"].columns if column.required}
    whole = frame.with_columns(
        pl.lit(text).alias(name) for name, text in needed.items() if name != "village_id"
    )
    sheet = read_sheet(Path("a.parquet"), as_parquet(whole))
    done = cast(sheet.table("villages", "a.parquet"), TABLES["villages"])
    assert done.frame["has_clinic"].to_list() == [True, False, None]
    assert done.reasons.select("row", "reason").rows() == [(4, "不是是或否 / neither yes nor no")]


def test_a_number_among_text_ids_that_begin_with_zeros_has_lost_its_own():
    raw = as_workbook(pl.DataFrame({"household_id": ["0053", "x"], "member_id": ["1", "1"]}))
    sheet = read_sheet(Path("a.xlsx"), raw)
    assert sheet.kinds["household_id"].to_list() == ["text", "text"]
    book = Workbook()
    rows = [
        [row.get(name) for name in COLUMNS]
        for one in ("0053", 53, 5300)
        for row in [{**PLAIN, "household_id": one, "amount": 1}]
    ]
    for row in (COLUMNS, *rows):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    reasons = cast_sheet("a.xlsx", raw.getvalue()).reasons
    assert reasons.select("row", "reason").rows() == [
        (3, "编号存成了数字，丢了前面的零 / an id stored as a number lost the zeros it begins with")
    ]


@pytest.mark.parametrize("name", SAVED)
def test_rows_that_say_the_header_again_are_no_rows_and_are_told(name):
    """Somebody joined the exports of two months, each with its header."""
    one = frame_of({**PLAIN, "amount": 1.0}).cast(pl.String)
    again = pl.DataFrame([dict(zip(one.columns, one.columns, strict=True))], schema=one.schema)
    sheet = read_sheet(Path(name), SAVED[name](pl.concat([one, again, one, again])))
    header = 2 if name == "told.csv" else 1
    assert sheet.rows.to_list() == [header + 1, header + 3]
    assert any("say the header again" in note for note in sheet.notes)


def arrow(**columns):
    raw = io.BytesIO()
    pq.write_table(pa.table(columns), raw)
    return raw.getvalue()


def parquet(**columns):
    return read_sheet(Path("a.parquet"), arrow(**columns)).frame


HUGE = pa.array([Decimal("123456789012345678901234567890123456789012.5")], pa.decimal256(50, 1))


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (pa.array([float("nan")]), None),
        (pa.array([float("nan")], pa.float32()), None),
        (pa.array([16_777_216], pa.float32()), "16777216.0"),
        (pa.array([16_777_215], pa.float32()), "16777215"),
        (pa.array([1.5], pa.float16()), "1.5"),
        (HUGE, "123456789012345678901234567890123456789012.5"),
        (pa.array([b"0053"]), "0053"),
        (pa.array([b"0053"], pa.large_binary()), "0053"),
        (pa.ExtensionArray.from_storage(pa.json_(), pa.array(["[1]"])), "[1]"),
        (pa.array(["a"]).dictionary_encode(), "a"),
        (pa.nulls(1), None),
    ],
)
def test_a_column_of_a_rare_type_is_read_exactly_or_shows_that_it_is_not(column, text):
    """Float of 32 bits skips numbers from 2**24 on: its text ends in .0, which no id may."""
    assert parquet(id=["1"], value=column)["value"].to_list() == [text]


@pytest.mark.parametrize(
    "zone", ["China Standard Time", "CST", "Z", "UTC+8", "+08", "Mars/Base", "+08:00", "PRC"]
)
def test_an_instant_is_one_whatever_its_zone_is_called(zone):
    column = pa.array([datetime(2024, 1, 13, 16, tzinfo=UTC)], pa.timestamp("us", zone))
    raw = arrow(**{**{name: [text] for name, text in ONE.items()}, "occurred_on": column})
    done = cast(read_sheet(Path("a.parquet"), raw).table("income", "a"), TABLES["income"])
    assert done.frame["occurred_on"].to_list() == [date(2024, 1, 14)]


ONE = {"household_id": "H1", "member_id": "1", "source": "wage", "amount": 1.0, "recorded_on": "2024-02-03"}


def test_the_row_numbers_of_a_filtered_frame_are_no_column():
    sheet = read_sheet(Path("a.parquet"), arrow(id=["1"], __index_level_0__=[7]))
    assert sheet.frame.columns == ["id"]
    assert sheet.notes == ("pandas 的行号列未读取 / row numbers of pandas not read",)


def test_bytes_that_are_no_text_are_refused_by_the_name_of_their_column():
    with pytest.raises(SourceError, match="columns \\['value'\\] hold lists, bytes or durations"):
        parquet(id=["1"], value=pa.array([b"\xff\x00"]))
