"""`huitou cards`: cards to hand out, of all places or one."""

import pytest

from tests.pipelines.commands.named import NAME, PHONE, invented_office
from tests.watchlists.handed_out import released


@pytest.fixture
def two_townships(office):
    invented_office(office)
    return released(office, "H1", {"household_id": "H2", "township_id": "T2", "village_id": "V2"})


def pages(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def test_cards_of_one_township_go_out_without_those_of_another(two_townships, office, huitou, capsys):
    assert huitou("cards", "--township", "T2", "out") == 0
    assert pages(office / "out") == {"C1/T2.html"}
    assert "1 乡镇 townships" in capsys.readouterr().out
    assert huitou("cards", "all") == 0
    assert pages(office / "all") == {"C1/T1.html", "C1/T2.html"}


def test_a_place_nobody_is_listed_of_is_refused_with_those_there_are(two_townships, office, huitou, capsys):
    assert huitou("cards", "--county", "C1", "--township", "T9", "out") == 3
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == "huitou: --township T9: nobody of it is listed; allowed are T1, T2"
    assert not (office / "out").exists()


def test_only_a_named_card_says_whom_to_call(two_townships, office, huitou):
    huitou("cards", "--with-names", "named")
    huitou("cards", "plain")
    named, plain = (
        (office / folder / "C1/T1.html").read_text(encoding="utf-8") for folder in ("named", "plain")
    )
    assert NAME in named
    assert PHONE in named
    assert NAME not in plain
    made = [path for path in (office / "named").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def test_the_language_is_the_countys_unless_another_is_asked_for(two_townships, office, huitou):
    huitou("cards", "usual")
    huitou("cards", "--language", "en", "english")
    assert "为什么现在去" in (office / "usual/C1/T1.html").read_text(encoding="utf-8")
    assert "为什么现在去" not in (office / "english/C1/T1.html").read_text(encoding="utf-8")
