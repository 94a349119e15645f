"""`huitou handouts`: who was handed which file."""

from register.atomic import sha256
from tests.watchlists.handed_out import released


def test_nothing_is_listed_before_anything_was_handed_out(office, huitou, capsys):
    assert huitou("handouts") == 0
    assert "没有发放记录" in capsys.readouterr().out


def test_a_file_handed_to_somebody_is_listed_with_its_hash_and_a_copy_for_oneself_is_not(
    office, huitou, capsys
):
    released(office, "H1", "H2")
    assert huitou("workbooks", "mine") == 0
    assert huitou("workbooks", "theirs", "--township", "T1", "--to", "T1 李红") == 0
    assert huitou("cards", "paper", "--to", "T1 王强") == 0
    capsys.readouterr()
    assert huitou("handouts") == 0
    _, book, card = capsys.readouterr().out.splitlines()
    assert "T1 李红" in book
    assert sha256(office / "theirs" / "C1" / "T1.xlsx")[:16] in book
    assert "T1 王强" in card
    assert "C1/T1.html" in card
    assert not [path for path in office.rglob("*") if "李红" in path.name]


def test_a_recipient_without_a_name_gets_nothing(office, huitou, capsys):
    released(office, "H1")
    assert huitou("workbooks", "out", "--to", " ") != 0
    assert "--to: found 0 letters, allowed are 1 to 60; name who gets it" in capsys.readouterr().err
    assert not (office / "out").exists()
