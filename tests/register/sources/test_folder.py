import hashlib
import json

import polars as pl
import pytest

from register.errors import ContractError, ParamsError, SourceError
from register.faults import SeveralFaults
from register.sources.files import read_sheet
from register.sources.folder import FolderSource
from register.sources.open import open_source
from tests.households import household, village_tables, write_folder
from tests.parameters import source_section
from tests.register.exports import workbook

HEADER = b"household_id,member_id,occurred_on,source,amount,recorded_on\n"
ROW = b"chen,,2024-01-31,wage,300,2024-02-02\n"


@pytest.fixture
def folder(tmp_path):
    """The Chen family of one lives on 300 a month."""
    return write_folder(tmp_path / "sent", village_tables(household("chen", income=300)))


def income(folder):
    return {raw.name: raw for raw in FolderSource(folder).tables("C1")}["income"]


def refused(error, folder, raw):
    path = folder / "C1/income.csv"
    path.write_bytes(raw)
    with pytest.raises(error) as refusal:
        income(folder)
    return str(refusal.value).removeprefix(str(path))


def test_tables_come_as_text_in_the_order_of_the_contract(folder):
    tables = list(FolderSource(folder).tables("C1"))
    assert [raw.name for raw in tables] == ["villages", "households", "members", "income"]
    assert tables[3].file == "C1/income.csv"
    assert set(tables[3].frame.dtypes) == {pl.String()}


@pytest.mark.parametrize(
    "raw", [HEADER + ROW, b"\xef\xbb\xbf" + HEADER + ROW, (HEADER + ROW).replace(b"\n", b"\r\n")]
)
def test_a_byte_order_mark_and_line_ends_make_no_difference(folder, raw):
    (folder / "C1/income.csv").write_bytes(raw.rstrip())
    assert income(folder).frame.row(0) == ("chen", None, "2024-01-31", "wage", "300", "2024-02-02")


def test_quoted_commas_stay_in_their_cell(folder):
    (folder / "C1/income.csv").write_bytes(HEADER + ROW.replace(b"wage", b'"a,b"'))
    assert income(folder).frame["source"].to_list() == ["a,b"]


@pytest.mark.parametrize(("cells", "row"), [(3, b"chen,,2024\n"), (7, ROW.strip() + b",x\n")])
def test_a_row_that_is_too_short_or_too_long_never_shifts(folder, cells, row):
    assert refused(SourceError, folder, HEADER + ROW + row + ROW) == (
        f" row 3: found {cells} cells, the header has 6; "
        "the file is cut or a comma is not quoted; mend the row or ask for the file again"
    )


def test_an_open_quote_is_refused(folder):
    assert refused(SourceError, folder, HEADER + b'"chen' + ROW) == (
        " line 2: not a valid CSV row (unexpected end of data); write a quote within a text "
        "twice, and quote the whole text"
    )


def test_bytes_of_no_known_encoding_are_refused_with_their_place(folder):
    assert refused(SourceError, folder, HEADER + ROW + b"\xff" + ROW) == (
        " line 3: byte 98 is neither UTF-8 nor GB18030; save the file as CSV UTF-8 and run again"
    )


def test_zero_bytes_are_refused(folder):
    assert refused(SourceError, folder, HEADER.decode().encode("utf-16-le")) == (
        ": found zero bytes, so not UTF-8 text; save the file as CSV UTF-8"
    )


def test_doubled_column_names_are_refused(folder):
    assert refused(ContractError, folder, b"household_id,amount,amount\n1,2,3\n") == (
        ": doubled columns ['amount'], unnamed columns 0; give every column one name of its own, or remove it"
    )


def test_missing_and_unknown_columns_are_named(folder):
    assert refused(ContractError, folder, HEADER.replace(b"amount", b"sum") + ROW) == (
        ": missing columns ['amount'], unknown columns ['sum']; allowed are ['household_id', 'member_id', "
        "'occurred_on', 'source', 'amount', 'recorded_on']; rename or remove them"
    )


def test_an_empty_file_is_refused(folder):
    assert refused(ContractError, folder, b"") == ": found no header; the first row must name the columns"


def test_a_required_table_without_rows_is_refused(folder):
    assert refused(ContractError, folder, HEADER) == (
        ": missing or without rows; every county needs income; add it and run again"
    )


def test_a_misnamed_table_is_refused_rather_than_passed_over(folder):
    (folder / "C1/incomes.csv").write_bytes(HEADER)
    with pytest.raises(
        ContractError, match=r"incomes\.csv: no such table; allowed are \['villages', .*\]; rename"
    ):
        income(folder)


def test_parquet_is_read_as_text_too_and_two_files_of_one_table_are_not(folder):
    (folder / "C1/income.csv").unlink()
    village_tables(household("chen", income=300))["income"].write_parquet(folder / "C1/income.parquet")
    assert income(folder).frame.row(0) == ("chen", None, "2023-01-31", "wage", "300", "2023-01-31")
    (folder / "C1/income.csv").write_bytes(HEADER)
    with pytest.raises(ContractError, match=r"income\.csv: found a \.parquet beside it; keep one of the two"):
        income(folder)


def test_workbooks_are_read_as_text_too_and_judged_by_the_same_control_totals(folder):
    (folder / "C1/income.csv").unlink()
    rows = village_tables(household("chen", income=300))["income"].to_dicts()
    workbook(folder / "C1/income.xlsx", rows)
    assert income(folder).frame.row(0) == ("chen", None, "2023-01-31", "wage", "300", "2023-01-31")
    control(folder)
    assert len(income(folder).frame) == len(rows)
    workbook(folder / "C1/income.xlsx", rows[:-1])
    with pytest.raises(
        SourceError, match=r"income\.xlsx: found 35 rows, control\.json says 36, sha256 differs"
    ):
        income(folder)


def test_an_optional_column_may_be_absent(folder):
    frame = pl.read_csv(folder / "C1/income.csv", infer_schema=False).drop("member_id")
    frame.write_csv(folder / "C1/income.csv")
    assert "member_id" not in income(folder).frame.columns


def test_a_link_is_refused_whether_file_or_folder(folder, tmp_path):
    (folder / "C1/income.csv").rename(tmp_path / "elsewhere.csv")
    (folder / "C1/income.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(SourceError) as refusal:
        income(folder)
    assert str(refusal.value) == (
        f"{folder}/C1/income.csv: a symbolic link; put the delivered file itself here"
    )
    (folder / "C2").symlink_to(folder / "C1", target_is_directory=True)
    with pytest.raises(SeveralFaults, match="C2: a symbolic link; put the delivered file itself here"):
        list(FolderSource(folder).tables("C2"))


def test_tables_of_other_programs_are_refused_rather_than_passed_over(folder):
    (folder / "C1/land.xls").write_bytes(b"")
    with pytest.raises(ContractError) as refusal:
        list(FolderSource(folder).tables("C1"))
    assert str(refusal.value) == (
        f"{folder}/C1/land.xls: not read, allowed are ['.csv', '.dta', '.parquet', '.sav', '.tsv', '.xlsx']; "
        "save it as .xlsx or CSV"
    )


def test_a_packed_file_is_to_be_unpacked(folder):
    (folder / "C1/land.csv.gz").write_bytes(b"")
    with pytest.raises(ContractError, match=r"land\.csv\.gz: not read, allowed are .*; unpack it$"):
        list(FolderSource(folder).tables("C1"))


def test_a_sparse_file_of_ten_gigabytes_is_refused_unread(folder):
    with (folder / "C1/land.csv").open("wb") as opened:
        opened.truncate(10 * 1024**3)
    with pytest.raises(
        SourceError, match=r"land\.csv: found 10737418240 bytes, allowed are 2147483648; split"
    ):
        list(FolderSource(folder).tables("C1"))


def test_what_was_passed_over_and_in_which_encoding_files_came_is_noted(folder):
    (folder / "truth").mkdir()
    source = FolderSource(folder)
    source.counties()
    assert len(list(source.tables("C1"))) == 4
    assert source.notes == [
        "没有登记表，未读取 / holds no register table, not read: truth",
        "编码 / encoding utf-8: C1/villages.csv, C1/households.csv, C1/members.csv, C1/income.csv",
    ]


def test_a_damaged_parquet_is_refused(folder):
    (folder / "C1/land.parquet").write_bytes(b"PAR1 not really PAR1")
    with pytest.raises(
        SourceError, match=r"land\.parquet: not a readable Parquet table of plain columns; ask"
    ):
        list(FolderSource(folder).tables("C1"))


def control(folder):
    totals = {
        path.relative_to(folder).as_posix(): {
            "rows": len(read_sheet(path, path.read_bytes()).frame),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in folder.glob("*/*.*")
    }
    (folder / "control.json").write_text(json.dumps(totals))


def test_a_file_cut_anywhere_is_refused_when_the_sender_gave_totals(folder):
    control(folder)
    assert FolderSource(folder).has_control_totals
    path = folder / "C1/income.csv"
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises((SourceError, ContractError)):
            income(folder)
    path.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    with pytest.raises(SourceError) as refusal:
        income(folder)
    assert str(refusal.value) == (
        f"{path}: found 35 rows, control.json says 36, sha256 differs; "
        "the file was cut or changed, ask for it again"
    )


def test_rows_without_a_value_do_not_count_in_the_totals_and_the_sender_is_told(folder):
    """The sender counted lines: twenty of them hold commas alone."""
    path = folder / "C1/income.csv"
    path.write_bytes(path.read_bytes() + b",,,,,\n" * 20 + b"\n")
    control(folder)
    assert len(income(folder).frame) == 36
    totals = json.loads((folder / "control.json").read_text())
    totals["C1/income.csv"]["rows"] = 56
    (folder / "control.json").write_text(json.dumps(totals))
    with pytest.raises(SourceError) as refusal:
        income(folder)
    assert str(refusal.value) == (
        f"{path}: found 36 rows, control.json says 56, but sha256 is the same; neither the header nor rows "
        "without any value count: ask the sender for a control.json counted so"
    )


def test_a_listed_file_that_is_missing_and_a_control_file_that_is_broken_are_refused(folder):
    control(folder)
    (folder / "C1/members.csv").unlink()
    with pytest.raises(
        SourceError, match=r"members\.csv: listed in control\.json but missing; ask for it again"
    ):
        list(FolderSource(folder).tables("C1"))
    (folder / "control.json").write_text("[]")
    with pytest.raises(
        SourceError, match=r"control\.json: not a list of files with rows and sha256; ask for it"
    ):
        FolderSource(folder)


def test_folders_without_register_tables_are_no_counties(folder):
    (folder / "truth").mkdir()
    (folder / "truth/C1.parquet").write_bytes(b"")
    assert FolderSource(folder).counties() == ["C1"]


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(SourceError) as refusal:
        open_source(source_section(kind="folder", path=str(tmp_path / "none")))
    assert str(refusal.value) == (
        f"{tmp_path}/none: no such folder; check source.path, or run huitou simulate"
    )


def test_an_unknown_kind_is_refused():
    with pytest.raises(ParamsError) as refusal:
        source_section(kind="ftp")
    assert str(refusal.value) == (
        "source.kind: found 'ftp', allowed is eph, folder, panel, simulator or sql; mend it"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_control_totals_are_read_as_windows_writes_them(folder, encoding):
    """PowerShell writes a mark, backslashes and sha256 in capital letters."""
    control(folder)
    totals = json.loads((folder / "control.json").read_text())
    written = {
        name.replace("/", "\\"): {**one, "sha256": one["sha256"].upper()} for name, one in totals.items()
    }
    (folder / "control.json").write_bytes(json.dumps(written).encode(encoding))
    source = FolderSource(folder)
    assert [len(raw.frame) for raw in source.tables(source.counties()[0])]


def test_all_faults_of_a_county_come_in_one_reading_causes_before_what_follows(folder):
    """Villages have a title, members lost a column, income came as .xls, households are of no encoding."""
    villages, members, homes = (folder / f"C1/{name}.csv" for name in ("villages", "members", "households"))
    villages.write_text(f"2025\n{villages.read_text(encoding='utf-8')}", encoding="utf-8")
    members.write_bytes(members.read_bytes().replace(b"birth_date", b"born", 1))
    homes.write_bytes(homes.read_bytes() + b"\xe6\x98\xff\n")
    (folder / "C1/income.csv").rename(folder / "C1/income.xls")
    (folder / "C1/wages.csv").write_bytes(HEADER)
    with pytest.raises(SeveralFaults) as refusal:
        list(FolderSource(folder).tables("C1"))
    begins = (
        "income.xls: not read, allowed are ['.csv', '.dta', '.parquet', '.sav', '.tsv', '.xlsx']; save",
        "wages.csv: no such table; allowed are ['villages', 'households'",
        "villages.csv row 2: found 32 cells, the header has 1; row 1 seems to be a title; remove what",
        "households.csv line 3: byte ",
        "members.csv: missing columns ['birth_date'], unknown columns ['born']; allowed are",
    )
    for fault, begin in zip(refusal.value.faults, begins, strict=True):
        assert str(fault).removeprefix(f"{folder}/C1/").startswith(begin)
    assert refusal.value.exit_code == 4


def test_a_file_that_the_sender_listed_is_missed_once(folder):
    """Without income.csv the county is missing a table too, which says nothing more."""
    control(folder)
    (folder / "C1/income.csv").unlink()
    with pytest.raises(SourceError) as refusal:
        list(FolderSource(folder).tables("C1"))
    assert (
        str(refusal.value) == f"{folder}/C1/income.csv: listed in control.json but missing; ask for it again"
    )


def test_a_listed_county_that_is_missing_whole_is_missed_with_the_first(folder):
    write_folder(folder, village_tables(household("li", income=300)), county="C2")
    control(folder)
    for path in (folder / "C2").iterdir():
        path.unlink()
    with pytest.raises(SeveralFaults) as refusal:
        list(FolderSource(folder).tables("C1"))
    assert len(refusal.value.faults) == 4
