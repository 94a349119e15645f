"""What goes back to townships: for their eyes alone, until it is solved, and never replaced unread."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines.commands.lookback import QUARANTINE
from pipelines.commands.returned import CONTENTS, KEPT, SHEETS
from tests.watchlists.handed_out import FOUND, filled, opened, released

WRONG = {**FOUND, "visited_on": "昨天", "note": "电话13912345678 李四家"}
TOWNSHIPS = ("H1", "H2", {"household_id": "H3", "township_id": "T2"})


@pytest.fixture
def release(office):
    return released(office, *TOWNSHIPS)


def sheets(folder=SHEETS):
    return {path.stem: path for path in sorted(Path(folder).rglob("*.xlsx"))}


def corrected(path, day="2026-02-03"):
    book = opened(path)
    sheet = book["回头看"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, headings["走访日期"]).value = day
    book.save(path)
    return path


def test_each_township_gets_its_refused_rows_and_no_others_may_read_them(office, release, huitou):
    assert huitou("lookback", filled(release, office / "a.xlsx", {2: WRONG, 3: FOUND, 4: WRONG})) == 4
    assert list(sheets()) == ["退回表 T1", "退回表 T2"]
    for path in [SHEETS, *SHEETS.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0
    assert [row[1].value for row in opened(sheets()["退回表 T1"])["回头看"].iter_rows(min_row=2)] == ["H1"]
    assert pl.read_csv(SHEETS / CONTENTS).select("township_id", "rows").rows() == [("T1", 1), ("T2", 1)]


def test_what_was_written_lies_nowhere_in_clear_but_on_the_sheets(office, release, huitou, capsys):
    huitou("lookback", filled(release, office / "a.xlsx", {2: WRONG}))
    said = capsys.readouterr()
    clear = [path for path in (office / "artifacts").rglob("*") if path.is_file() and path.suffix != ".xlsx"]
    assert {KEPT.name, QUARANTINE.name, CONTENTS} <= {path.name for path in clear}
    for words in (said.out.encode(), said.err.encode(), *(path.read_bytes() for path in clear)):
        assert "李四".encode() not in words
        assert b"13912345678" not in words


def test_rows_stay_over_calls_until_their_sheet_comes_back_corrected(office, release, huitou, capsys):
    huitou("lookback", filled(release, office / "a.xlsx", {2: WRONG}))
    assert huitou("lookback", filled(release, office / "b.xlsx", {3: FOUND})) == 0
    assert "待更正的行 rows to be corrected: 1" in capsys.readouterr().out
    assert pl.read_csv(QUARANTINE)["file"].to_list() == [str(office / "a.xlsx")]
    back = shutil.copy(sheets()["退回表 T1"], office / "改好.xlsx")
    assert huitou("lookback", corrected(back)) == 0
    assert (list(sheets()), len(pl.read_csv(QUARANTINE)), KEPT.exists()) == ([], 0, False)


def test_a_row_emptied_in_its_sheet_is_told_to_be_closed(office, release, huitou, capsys):
    huitou("lookback", filled(release, office / "a.xlsx", {2: WRONG}))
    book = opened(sheets()["退回表 T1"])
    for cell in book["回头看"][2][6:13]:
        cell.value = None
    book.save(office / "空.xlsx")
    capsys.readouterr()
    assert huitou("lookback", office / "空.xlsx") == 0
    assert "returned rows that came back emptied are closed: 1" in capsys.readouterr().out


def test_a_sheet_filled_in_where_it_lies_is_not_replaced_unread(office, release, huitou, capsys):
    huitou("lookback", filled(release, office / "a.xlsx", {2: WRONG, 4: WRONG}))
    path = corrected(sheets()["退回表 T1"])
    other = filled(release, office / "b.xlsx", {3: FOUND})
    capsys.readouterr()
    assert huitou("lookback", other) == 3
    assert capsys.readouterr().err == (
        f"huitou: {path}: was changed after it was written and would be replaced; read it back with the "
        "others, or move it away\n"
    )
    assert huitou("lookback", other, path) == 0
    assert list(sheets()) == ["退回表 T2"]


def test_another_folder_is_made_and_made_again_but_never_taken_from_others(office, release, huitou, capsys):
    path = filled(release, office / "a.xlsx", {2: WRONG})
    (office / "own").mkdir()
    (office / "own" / "b.xlsx").write_bytes(b"mine")
    assert huitou("lookback", path, "--returned", "own") == 3
    assert "own: holds other files than sheets of returned rows; name a new folder with --returned" in (
        capsys.readouterr().err
    )
    assert huitou("lookback", path, "--returned", "releases/x") == 3
    for _ in range(2):
        assert huitou("lookback", path, "--returned", "new") == 4
    assert list(sheets("new")) == ["退回表 T1"]
    assert (office / "own" / "b.xlsx").read_bytes() == b"mine"


def test_without_the_key_nothing_is_read_and_nothing_is_lost(office, release, huitou, capsys):
    huitou("lookback", filled(release, office / "a.xlsx", {2: WRONG}))
    (office / "keys" / "vault.key").rename(office / "away")
    assert huitou("lookback", filled(release, office / "b.xlsx", {3: FOUND})) == 6
    (office / "away").rename(office / "keys" / "vault.key")
    assert huitou("lookback", office / "b.xlsx") == 0
    assert list(sheets()) == ["退回表 T1"]


def test_a_row_of_nobody_on_the_list_goes_back_under_no_township(office, release, huitou):
    strangers = {row: {**FOUND, "household_id": f"X{row}"} for row in (2, 3, 4)}
    assert huitou("lookback", filled(release, office / "a.xlsx", strangers)) == 4
    assert list(sheets()) == ["退回表 -"]
