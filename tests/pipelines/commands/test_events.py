"""`huitou events` tells who did what: whatever shows or moves households is noted before it is done."""

import getpass

import pytest

from pipelines.workspace.events import kept_events
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from tests.pipelines.commands.named import NAME, invented_office
from tests.pipelines.workspace.test_releases import lines
from tests.watchlists.handed_out import FOUND, filled, released


def test_a_rollback_is_told_with_the_account_that_did_it(office, huitou, capsys):
    older, newer = released(office, season="2025Q3"), released(office, season="2025Q4")
    assert huitou("rollback", "2025Q3") == 0
    capsys.readouterr()
    assert huitou("events") == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.startswith("时间 at")
    assert getpass.getuser() in line
    assert f"before={newer.folder.name}, now={older.folder.name}" in line


def test_where_nothing_was_done_it_says_so(office, huitou, capsys):
    assert huitou("events") == 0
    assert capsys.readouterr().out == "还没有记录。Nothing was noted yet.\n"


@pytest.fixture
def visited(office, huitou, capsys):
    """Ouyang's household H1 was visited in February, and what was found is in the office."""
    invented_office(office)
    back = filled(released(office, "H1", "H2"), office / "back.xlsx", {2: FOUND})
    assert huitou("lookback", back) == 0
    capsys.readouterr()
    return office


#: What shows households, into the folder out; `huitou find` has tests of its own (test_find.py).
ACTS = {
    "workbooks": ["workbooks", "out", "--to", "李红"],
    "cards": ["cards", "out"],
    "monthly": ["monthly", "2026-02", "out", "--with-names"],
    "progress": ["progress", "out", "--with-names"],
}


def noted(act):
    return [one for one in kept_events(HERE, load_params()) if one["what"] == act]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_noted_without_a_householders_name(visited, huitou, capsys, act):
    assert huitou(*ACTS[act]) == 0
    (event,) = noted(act)
    assert NAME not in str(event)
    capsys.readouterr()
    assert huitou("events") == 0
    assert act in lines(capsys)[-1]


@pytest.mark.parametrize("act", ACTS)
def test_what_cannot_be_noted_shows_nobody_and_writes_nothing(visited, huitou, capsys, act):
    spoil()
    assert huitou(*ACTS[act]) == 6
    assert NAME not in capsys.readouterr().out
    assert not (visited / "out").exists()


def spoil():
    path = next(HERE.events.glob("*.json"))
    path.write_text(path.read_text("utf-8").replace("lookback", "lookbakc"), "utf-8")


@pytest.mark.parametrize("act", ["monthly", "progress"])
def test_without_names_nothing_is_noted(visited, huitou, act):
    assert huitou(*(one for one in ACTS[act] if one != "--with-names")) == 0
    assert noted(act) == []


def test_a_reading_is_noted_by_the_hash_of_its_files_and_a_withdrawal_by_its_visit(visited, huitou, capsys):
    (reading,) = noted("lookback")
    assert [len(one) for one in reading["files"]] == [64]
    assert reading["refused"] == 0
    assert huitou("visits", "list") == 0
    visit = lines(capsys)[1].split()[0]
    assert huitou("visits", "withdraw", visit, "--by", "欧阳", "--why", "填错") == 0
    (withdrawal,) = noted("visits withdraw")
    assert withdrawal["visit"] == visit
    assert "填错" not in str(withdrawal)


def test_where_it_cannot_be_noted_nothing_is_read_back_or_withdrawn(visited, huitou, capsys):
    assert huitou("visits", "list") == 0
    before = capsys.readouterr().out
    visit = before.splitlines()[1].split()[0]
    spoil()
    again = filled(released(visited, "H1", "H2"), visited / "again.xlsx", {3: FOUND})
    assert huitou("lookback", again) == 6
    assert huitou("visits", "withdraw", visit, "--by", "欧阳", "--why", "填错") == 6
    capsys.readouterr()
    assert huitou("visits", "list") == 0
    assert capsys.readouterr().out == before
