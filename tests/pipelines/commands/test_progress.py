"""`huitou progress`: what stands on the terminal, what in the folder, and whose names where."""

import re

import pytest

from tests.pipelines.commands.named import invented_office
from tests.pipelines.workspace.test_ledger import responsible
from tests.watchlists.handed_out import FOUND, filled, released

WHO = "张三丰"


@pytest.fixture
def half_visited(office, huitou):
    """H1, a duty, was visited and its risk confirmed with a measure; H2 was not."""
    invented_office(office)
    list_of = released(
        office,
        {"household_id": "H1", "listed_by": "rule", "village_id": "V1"},
        {"household_id": "H2", "village_id": "V1"},
    )
    assert huitou("lookback", filled(list_of, office / "back.xlsx", {2: FOUND})) == 0
    return list_of


def table(capsys):
    said = capsys.readouterr().out.splitlines()
    return [re.split(r"  +", line) for line in said if line.startswith(("C", "T", "张", "第", "合计"))]


DONE = ["2", "1", "0", "0", "1", "0", "1", "0", "1", "0"]


@pytest.mark.parametrize(
    ("places", "first"),
    [((), "C1"), (("--county", "C1"), "T1"), (("--township", "T1"), "T1 模拟村")],
)
def test_the_level_below_what_was_asked_for_is_counted_and_adds_up(
    half_visited, huitou, capsys, places, first
):
    capsys.readouterr()
    assert huitou("progress", *places, "--as-of", "2099-01-01") == 0
    late = [*DONE[:5], "1", *DONE[6:]]
    assert table(capsys) == [[first, *late], ["合计 total", *late]]


def test_before_a_visit_was_entered_nobody_knew_of_it(half_visited, huitou, capsys):
    capsys.readouterr()
    assert huitou("progress", "--as-of", "2026-01-02") == 0
    assert table(capsys)[0] == ["C1", "2", "0", "0", "0", "2", "0", "0", "0", "0", "0"]


def test_a_village_is_counted_by_person_whose_name_only_a_named_call_says(
    half_visited, office, huitou, capsys
):
    responsible(office, f"V1,,,{WHO}")
    assert huitou("progress", "--village", "V1") == 0
    plain = capsys.readouterr().out
    assert "第2行 row 2" in plain
    assert WHO not in plain
    assert huitou("progress", "--village", "V1", "--with-names") == 0
    assert WHO in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "soon"), "--as-of: found 'soon', allowed is a day such as 2026-01-31; mend it"),
        (
            ("--as-of", "2025-12-30"),
            "--as-of: found 2025-12-30, before the list's own day; allowed is 2025-12-31 or later; mend it",
        ),
        (("--township", "T9"), "--township T9: nobody of it is listed; allowed are T1"),
        (("releases",), "releases: lies inside the releases, which never change; choose another folder"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_line(half_visited, huitou, capsys, arguments, said):
    capsys.readouterr()
    assert huitou("progress", *arguments) in (2, 3)
    assert capsys.readouterr().err.splitlines()[-1] == f"huitou: {said}"


def test_a_fault_of_the_file_is_told_with_its_row_and_without_a_name(half_visited, office, huitou, capsys):
    responsible(office, f"V7,,,{WHO}")
    capsys.readouterr()
    assert huitou("progress") == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "huitou: 责任人.csv, row 2, column 行政村: no village of the register has this id or name; mend it"
    )
