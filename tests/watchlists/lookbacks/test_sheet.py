"""A workbook comes back through other programs and many hands; nothing is lost, nothing is guessed."""

import os
import random
import subprocess

import pytest

from register.errors import HuitouError, SourceError
from tests.watchlists.handed_out import BOOK, FOUND, PLACES, filled, released
from watchlists.lookbacks.sheet import read_filled


@pytest.fixture
def release(tmp_path):
    return released(tmp_path)


def rows_of(path):
    """Give what was filled in, by household, wherever its row is now."""
    sheet = read_filled(path).sheet
    return {row["household_id"]: row for row in sheet.frame.to_dicts()}


def sorted_and_filtered(book):
    """Turn the order round, hide one row by a filter, and add a column of one's own."""
    sheet = book["回头看"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value
    sheet.row_dimensions[3].hidden = True
    sheet.cell(1, len(PLACES) + 1).value = "经办人"
    sheet.cell(2, len(PLACES) + 1).value = "老张"


def columns_moved(book):
    sheet = book["回头看"]
    sheet.move_range("E1:K4", cols=3)
    for place, name in enumerate("甲乙丙", 5):
        sheet.cell(1, place).value = name


EXPECTED = {
    "household_id": "H1",
    "visited_on": "2026-02-03",
    "role": "village_cadre",
    "result": "confirmed",
    "causes_found": "illness",
    "measures_begun": "health",
    "contact": None,
    "note": "住院",
}


@pytest.mark.parametrize("change", [None, sorted_and_filtered, columns_moved])
def test_sorting_filtering_and_moving_columns_lose_nothing(release, tmp_path, change):
    path = filled(release, tmp_path / "a.xlsx", {2: FOUND, 4: {"result": "已迁出"}}, change)
    rows = rows_of(path)
    assert rows["H1"] == EXPECTED
    assert rows["H3"] == {**dict.fromkeys(EXPECTED), "household_id": "H3", "result": "moved_away"}
    assert rows["H2"] == {**dict.fromkeys(EXPECTED), "household_id": "H2"}


def test_the_english_words_of_an_english_copy_are_read_as_the_chinese_ones(release, tmp_path):
    english = {
        "role": "village cadre",
        "result": "confirmed",
        "causes_found": "illness",
        "measures_begun": "health",
    }
    rows = rows_of(filled(release, tmp_path / "a.xlsx", {2: FOUND | english, 4: {"result": "moved away"}}))
    assert rows["H1"] == EXPECTED
    assert rows["H3"]["result"] == "moved_away"


def test_what_libreoffice_saves_again_is_read_as_before(release, tmp_path):
    """The real program, as an office would use it: sorted, filtered, saved under another name."""
    path = filled(release, tmp_path / "a.xlsx", {2: FOUND, 4: {"result": "已迁出"}}, sorted_and_filtered)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path / "saved"), str(path)], check=True, capture_output=True)
    again, before = read_filled(tmp_path / "saved" / "a.xlsx"), read_filled(path)
    assert (again.season, again.list_id) == (before.season, before.list_id)
    assert again.sheet.frame.equals(before.sheet.frame)
    assert rows_of(tmp_path / "saved" / "a.xlsx")["H1"] == EXPECTED


def test_dates_may_be_typed_or_written(release, tmp_path):
    from datetime import datetime

    found = {2: {**FOUND, "visited_on": datetime(2026, 2, 3)}, 3: {**FOUND, "visited_on": "2026年02月03日"}}  # noqa: DTZ001
    rows = rows_of(filled(release, tmp_path / "a.xlsx", found))
    assert (rows["H1"]["visited_on"], rows["H2"]["visited_on"]) == ("2026-02-03", "2026-02-03")


def test_a_formula_is_named_with_its_row_and_column(release, tmp_path):
    (found,) = read_filled(filled(release, tmp_path / "a.xlsx", {3: {"result": "=1+1"}})).sheet.findings
    assert (found.column, found.rows.to_list()) == ("result", [False, True, False])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SourceError, match="No such file or directory") as refused:
        read_filled(tmp_path / "a.xlsx")
    assert str(refused.value).startswith(f"{tmp_path / 'a.xlsx'}: ")


@pytest.mark.parametrize("place", ["folder", "pipe"])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path, place):
    path = tmp_path / "a.xlsx"
    path.mkdir() if place == "folder" else os.mkfifo(path)
    with pytest.raises(SourceError, match="not a regular file"):
        read_filled(path)


def test_a_link_that_a_person_named_is_followed(release, tmp_path):
    (tmp_path / "link.xlsx").symlink_to(filled(release, tmp_path / "a.xlsx", {2: FOUND}))
    assert rows_of(tmp_path / "link.xlsx")["H1"] == EXPECTED


def test_a_hundred_damaged_workbooks_are_refused_or_read_never_a_traceback(release, tmp_path):
    """Flipped, cut, spliced: what is still a workbook of this list reads as it was."""
    whole = filled(release, tmp_path / "a.xlsx", {2: FOUND}).read_bytes()
    drawn = random.Random(7)
    outcomes = {"refused": 0, "read": 0}
    for number in range(100):
        place = drawn.randrange(len(whole))
        damaged = (
            whole[:place] + bytes([whole[place] ^ 1 << number % 8]) + whole[place + 1 :],
            whole[:place],
            whole[:place] + drawn.randbytes(9) + whole[place:],
            whole[:place] + whole[place + drawn.randrange(1, 99) :],
        )[number % 4]
        (tmp_path / "damaged.xlsx").write_bytes(damaged)
        try:
            rows, refused = rows_of(tmp_path / "damaged.xlsx"), None
        except HuitouError as refusal:
            refused = str(refusal)
        outcomes["refused" if refused else "read"] += 1
        assert refused.startswith(str(tmp_path / "damaged.xlsx")) if refused else rows["H1"] == EXPECTED
    assert outcomes["refused"] > 50


def test_the_workbook_of_a_release_is_read_as_handed_out(release):
    one = read_filled(release.folder / BOOK)
    assert one.season == "2025Q4"
    assert one.sheet.frame["household_id"].to_list() == ["H1", "H2", "H3"]
    assert one.sheet.frame["result"].null_count() == 3
