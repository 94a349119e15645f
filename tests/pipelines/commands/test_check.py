"""`huitou check` looks at a delivery, lists what to clean, and takes nothing in."""

import sys
from io import BytesIO

import openpyxl
import polars as pl
import pytest

from pipelines.commands.command_line import main
from tests.households import household, village_tables, write_folder
from tests.parameters import copy_parameters

YUNNAN = {"region_id": "530000"}


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    copy_parameters(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def delivered(folder, **changed):
    """Wu and Li share a phone; Wu's first wage is no number."""
    homes = [household(name, income=900, state={"phone": "13912345678"}) for name in ("wu", "li")]
    tables = village_tables(*homes, villages=[YUNNAN])
    tables["income"] = tables["income"].cast(pl.String)
    first = pl.int_range(pl.len()) == 0
    tables["income"] = tables["income"].with_columns(
        amount=pl.when(first).then(pl.lit("9OO")).otherwise("amount")
    )
    return write_folder(folder, {**tables, **changed})


def huitou_check(monkeypatch, *arguments):
    """Run the command as a shell would and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["huitou", "check", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code or 0


def test_findings_end_in_a_list_and_exit_code_zero(workspace, monkeypatch, capsys):
    assert huitou_check(monkeypatch, delivered(workspace / "sent")) == 0
    said = capsys.readouterr().out
    assert "校验总数 control totals: 无 none" in said
    assert [line.split() for line in said.splitlines() if line.startswith("income")] == [
        ["income", "72", "71", "1", "0"]
    ]
    assert "2  警告 多户登记同一户联系电话 / one household phone in several households" in said
    assert "not checked, columns not delivered: " in said
    assert "9OO" not in said
    assert sorted(path.name for path in (workspace / "artifacts").iterdir()) == ["check"]
    assert (workspace / "artifacts/check").stat().st_mode & 0o777 == 0o700


def test_the_township_gets_its_doubts_and_its_rows_in_one_workbook(workspace, monkeypatch):
    huitou_check(monkeypatch, delivered(workspace / "sent"), "--output", "lists")
    book = openpyxl.load_workbook(BytesIO((workspace / "lists/workbooks/C1/T1.xlsx").read_bytes()))
    doubts = [[cell.value for cell in row] for row in book["疑点"].iter_rows(min_row=2)]
    assert {row[3] for row in doubts if row[5] == "多户登记同一户联系电话"} == {"wu", "li"}
    assert [cell.value for cell in book["隔离行"][2]][:3] == ["C1/income.csv", 2, "amount"]


def test_the_phone_itself_goes_into_no_list(workspace, monkeypatch):
    huitou_check(monkeypatch, delivered(workspace / "sent"))
    lists = [path for path in (workspace / "artifacts").rglob("*") if path.is_file()]
    for path in lists:
        cells = path.read_bytes()
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(BytesIO(cells))
            cells = str([list(sheet.values) for sheet in book]).encode()
        elif path.suffix == ".parquet":
            cells = str(pl.read_parquet(path).rows()).encode()
        assert b"13912345678" not in cells, path
    assert len(lists) > 4


def test_too_many_bad_rows_are_listed_and_then_refused_with_code_four(workspace, monkeypatch, capsys):
    sent = delivered(workspace / "sent")
    assert huitou_check(monkeypatch, sent, "--set", "ingest.max_quarantined_share=0.01") == 4
    assert capsys.readouterr().err.splitlines()[-1] == (
        "huitou: income: 1 of 72 rows quarantined, allowed is a share of 0.01 "
        "(ingest.max_quarantined_share); nothing was replaced; most often (n=1, first C1/income.csv row 2): "
        "不是数字 / not a number; "
        "只填半角数字和小数点，万元化为元 / enter plain digits with a point: no unit, comma, % or currency; "
        "mend the rows listed in "
        "artifacts/check/quarantine.csv and run again"
    )
    listed = pl.read_csv(workspace / "artifacts/check/quarantine.csv")
    assert listed.select("township_id", "file", "row", "column").rows() == [
        ("T1", "C1/income.csv", 2, "amount")
    ]


def test_a_county_of_which_nothing_is_left_does_not_hide_the_others(workspace, monkeypatch, capsys):
    """In C0 no wage is a number; C1 is as before."""
    sent = delivered(workspace / "sent")
    bad = village_tables(household("zhao", income=5), villages=[{**YUNNAN, "county_id": "C0"}])
    bad["income"] = bad["income"].cast(pl.String).with_columns(amount=pl.lit("x"))
    write_folder(sent, bad, county="C0")
    assert huitou_check(monkeypatch, sent) == 4
    said = capsys.readouterr()
    assert "one household phone in several households" in said.out
    assert said.err.splitlines()[-1].startswith("huitou: county C0: no usable row in ['income']; ")
    assert (workspace / "artifacts/check/workbooks/C0/T1.xlsx").is_file()


def test_every_county_that_no_register_can_be_made_of_is_named(workspace, monkeypatch, capsys):
    sent = workspace / "sent"
    for county, region in (("C1", "520000"), ("C2", "330000")):
        villages = [{"region_id": region, "county_id": county}]
        write_folder(sent, village_tables(household(county, income=5), villages=villages), county=county)
    assert huitou_check(monkeypatch, sent) == 4
    said = capsys.readouterr()
    assert "无 NO  520000 (C1): 没有监测线" in said.out
    assert [line.split(", ")[0] for line in said.err.splitlines()[-2:]] == [
        "  1. county C1: villages lie in region_id ['520000']",
        "  2. county C2: villages lie in region_id ['330000']",
    ]


def test_all_faults_of_structure_are_said_in_one_reading(workspace, monkeypatch, capsys):
    """Five of them: a lost column, a title row, an .xls, bytes of no encoding, a table that is missing."""
    sent = delivered(workspace / "sent")
    homes = [household("zhao", income=5)]
    write_folder(sent, village_tables(*homes, villages=[{**YUNNAN, "county_id": "C2"}]), county="C2")
    first, second = sent / "C1", sent / "C2"
    members = (first / "members.csv").read_text("utf-8")
    (first / "members.csv").write_text(members.replace("birth_date", "born", 1), encoding="utf-8")
    (first / "villages.csv").write_text("2025\n" + (first / "villages.csv").read_text("utf-8"), "utf-8")
    (first / "income.csv").rename(first / "income.xls")
    (second / "households.csv").write_bytes((second / "households.csv").read_bytes() + b"\xe6\x98\xff\n")
    (second / "income.csv").unlink()
    assert huitou_check(monkeypatch, sent) == 4
    said = capsys.readouterr()
    assert said.out == ""
    heading, *lines = said.err.splitlines()[-6:]
    assert heading.startswith("huitou: 5 处问题，从第一处改起")
    assert [line.split(": ")[0].split("/")[-1] for line in lines] == [
        "income.xls",
        "villages.csv row 2",
        "members.csv",
        "households.csv line 3",
        "income.csv",
    ]
    assert not (workspace / "artifacts/check").exists()


def test_doubt_is_not_denied_of_rows_that_were_set_aside(workspace, monkeypatch, capsys):
    """Zhao's household is whole; then one of its wages is no number, and nothing else is in doubt."""
    clean = village_tables(household("zhao", income=900), villages=[YUNNAN])
    assert huitou_check(monkeypatch, write_folder(workspace / "sent", clean)) == 0
    assert "没有疑点。Nothing in doubt." in capsys.readouterr().out
    wages = clean["income"].cast(pl.String)
    bad = wages.with_columns(
        amount=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("x")).otherwise("amount")
    )
    assert huitou_check(monkeypatch, write_folder(workspace / "sent", {**clean, "income": bad})) == 0
    said = capsys.readouterr().out
    assert "隔离 不是数字 / not a number (C1/income.csv row 2, amount)" in said
    assert "Nothing in doubt" not in said
    assert "Only the rows that were accepted were held against one another" in said


def test_the_line_that_holds_is_said(workspace, monkeypatch, capsys):
    huitou_check(monkeypatch, delivered(workspace / "sent"))
    assert (
        "Line used: region 530000, 8,700 yuan a person and year since 2025-01-01" in capsys.readouterr().out
    )


def test_what_goes_in_on_a_signature_is_said(workspace, monkeypatch, capsys):
    tens = village_tables(*(household(f"5306221980010{n}0", income=900) for n in (11, 23)), villages=[YUNNAN])
    sent = write_folder(workspace / "sent", tens)
    assert huitou_check(monkeypatch, sent) == 4
    assert "sign for it in ingest.unrounded_ids" in capsys.readouterr().out
    signed = "ingest.unrounded_ids={household_id: {by: 李主任, why: 系统按十编号}}"
    assert huitou_check(monkeypatch, sent, "--set", signed) == 0
    assert "签字放行 let pass on a signature: household_id, 76 格 cells; 李主任: 系统按十编号" in (
        capsys.readouterr().out
    )


def test_a_folder_that_is_not_there_is_refused_with_code_three(workspace, monkeypatch):
    assert huitou_check(monkeypatch, workspace / "nowhere") == 3
    assert not (workspace / "artifacts/check").exists()


def test_a_parameter_that_does_not_exist_is_refused_with_code_two(workspace, monkeypatch):
    assert huitou_check(monkeypatch, delivered(workspace / "sent"), "--set", "ingest.rows=1") == 2


def test_a_folder_with_other_files_is_never_replaced(workspace, monkeypatch, capsys):
    (workspace / "home").mkdir()
    (workspace / "home/letter.txt").write_text("dear", encoding="utf-8")
    assert huitou_check(monkeypatch, delivered(workspace / "sent"), "--output", "home") == 3
    assert capsys.readouterr().err.splitlines()[-1] == (
        "huitou: home: holds other files than a check's lists; choose another --output"
    )
    assert (workspace / "home/letter.txt").read_text(encoding="utf-8") == "dear"


def test_the_lists_of_the_last_check_are_replaced_and_params_stay(workspace, monkeypatch):
    before = (workspace / "params.yaml").read_bytes()
    sent = delivered(workspace / "sent")
    huitou_check(monkeypatch, sent, "--set", "season=2024Q4")
    stale = workspace / "artifacts/check/workbooks/C9.xlsx"
    stale.touch()
    huitou_check(monkeypatch, sent)
    assert not stale.exists()
    assert (workspace / "params.yaml").read_bytes() == before
