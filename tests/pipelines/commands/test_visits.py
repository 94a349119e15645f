"""`huitou visits`: what was read back is listed with its place, and one of it taken back with who and why."""

import re

import pytest

from pipelines.workspace.workspace import today
from register.lookback_store import WITHDRAWN, LookbackStore, holding
from tests.pipelines.workspace.test_releases import lines
from tests.watchlists.handed_out import FOUND, filled, released, releases_in

NAMES = {"by": "欧阳金丝雀", "why": "张三家填成了李四家"}


def store(folder):
    return LookbackStore(folder / "lookbacks", releases_in(folder).key_file)


@pytest.fixture
def visited(office, huitou, capsys):
    """An office that read back visits to H1 and, in another township, to H3."""
    release = released(office, "H1", "H2", {"household_id": "H3", "township_id": "T2"})
    assert huitou("lookback", filled(release, office / "a.xlsx", {2: FOUND, 4: FOUND})) == 0
    capsys.readouterr()
    return office


def listed(huitou, capsys, *options):
    assert huitou("visits", "list", *options) == 0
    return lines(capsys)[1:]


def test_every_visit_that_holds_stands_with_its_place_and_no_note(visited, huitou, capsys):
    first, second = (line.split() for line in listed(huitou, capsys))
    assert first[1:] == [*("2025Q4", "C1", "T1", "1", "H1", "2026-02-03", "风险属实"), today().isoformat()]
    assert second[3:6] == ["T2", "3", "H3"]
    assert "住院" not in " ".join(first)


@pytest.mark.parametrize(
    ("options", "households"),
    [
        (("--township", "T2"), ["H3"]),
        (("--county", "C1"), ["H1", "H3"]),
        (("--household", "H1"), ["H1"]),
    ],
)
def test_a_place_or_household_is_listed_alone(visited, huitou, capsys, options, households):
    assert [line.split()[5] for line in listed(huitou, capsys, *options)] == households


def test_where_nobody_was_visited_that_is_said(visited, huitou, capsys):
    assert huitou("visits", "list", "--township", "T9") == 3
    assert capsys.readouterr().err == (
        "huitou: visits: none of that kind and place was read back; read some with huitou lookback\n"
    )


def test_a_withdrawn_visit_leaves_the_list_and_stands_with_who_and_why_on_request(visited, huitou, capsys):
    name = listed(huitou, capsys, "--household", "H1")[0].split()[0]
    assert re.fullmatch("[0-9a-f]{12}", name)
    assert huitou("visits", "withdraw", name, "--by", NAMES["by"], "--why", NAMES["why"]) == 0
    assert lines(capsys)[0] == f"已撤销 withdrawn: {name} 2026-02-03"
    assert [line.split()[5] for line in listed(huitou, capsys)] == ["H3"]
    withdrawn = listed(huitou, capsys, "--withdrawn", "--with-notes")
    assert withdrawn[1:] == [f"    撤销人 by: {NAMES['by']}", f"    备注 note: {NAMES['why']}"]
    assert "撤销" in withdrawn[0]
    assert holding(store(visited).records())["household_id"].to_list() == ["H3"]
    assert store(visited).records()["result"].to_list() == ["confirmed", "confirmed", WITHDRAWN]


def test_names_of_a_withdrawal_lie_nowhere_in_clear(visited, huitou, capsys):
    name = listed(huitou, capsys)[0].split()[0]
    huitou("visits", "withdraw", name, "--by", NAMES["by"], "--why", NAMES["why"])
    kept = [path.read_bytes() for path in visited.rglob("*") if path.is_file()]
    assert not [word for word in NAMES.values() for text in kept if word.encode() in text]


@pytest.mark.parametrize("visit", ["0" * 12, "H1"])
def test_a_visit_that_does_not_hold_is_not_withdrawn(visited, huitou, capsys, visit):
    assert huitou("visits", "withdraw", visit, "--by", "李", "--why", "错") == 3
    assert capsys.readouterr().err == (
        f"huitou: visit: no visit {visit} holds; huitou visits list names those that do\n"
    )
    assert len(store(visited).records()) == 2


@pytest.mark.parametrize("missing", ["--by", "--why"])
def test_a_withdrawal_without_who_or_why_is_refused(visited, huitou, capsys, missing):
    name = listed(huitou, capsys)[0].split()[0]
    said = {"--by": "李", "--why": "错", missing: " "}
    assert huitou("visits", "withdraw", name, *(part for pair in said.items() for part in pair)) == 2
    assert "found nothing, allowed are a name and a reason" in capsys.readouterr().err
