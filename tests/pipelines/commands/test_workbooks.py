"""`huitou workbooks`: copies to hand out; names are in the named copy and nowhere else."""

import polars as pl
import pytest

from register.atomic import sha256
from tests.pipelines.commands.named import ADDRESS, NAME, NUMBER, PHONE, invented_office
from tests.watchlists.handed_out import opened, released
from watchlists.lookbacks.sheet import read_filled

BOOK = "C1/T1.xlsx"


@pytest.fixture
def named(office):
    invented_office(office)
    return released(office, "H1", "H2")


def test_a_named_copy_says_whom_to_call_and_only_its_owner_may_read_it(named, office, huitou, capsys):
    assert huitou("workbooks", "--with-names", "out") == 0
    assert "含姓名电话" in capsys.readouterr().out
    rows = [[cell.value for cell in row] for row in opened(office / "out" / BOOK)["名单"].iter_rows()]
    assert [[*row[1:5], *row[-2:]] for row in rows[1:]] == [
        [NAME, "模拟村", ADDRESS, PHONE, None, "H1"],
        [None, "模拟村", None, None, None, "H2"],
    ]
    made = [office / "out", *(office / "out").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}


def test_names_are_nowhere_else(named, office, huitou):
    """Searched is every file of the folder, workbooks cell by cell; no identity number is shown at all."""
    huitou("workbooks", "--with-names", "out")
    huitou("workbooks", "plain")
    holding = {path for path in office.rglob("*") if path.is_file() and NAME in _text(path)}
    assert holding == {office / "out" / BOOK}
    assert not [path for path in office.rglob("*") if path.is_file() and NUMBER in _text(path)]


def _text(path):
    if path.suffix == ".xlsx":
        return str([list(sheet.values) for sheet in opened(path)])
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path).rows())
    return path.read_bytes().decode("utf-8", errors="replace")


def test_a_copy_with_or_without_names_comes_back_like_the_released_one(named, office, huitou):
    for name, options in (("out", ["--with-names"]), ("plain", [])):
        huitou("workbooks", name, *options)
        one = read_filled(office / name / BOOK)
        assert (one.season, one.list_id) == (
            "2025Q4",
            named.manifest["files"]["watchlist.parquet"]["sha256"][:16],
        )
        assert one.sheet.frame["household_id"].to_list() == ["H1", "H2"]


def test_a_locked_copy_is_unreadable_without_its_password_and_comes_back_with_it(
    named, office, huitou, capsys
):
    """Handed to Li Hong with a password that stands in a file, and read back as it is."""
    secret = office / "secret"
    secret.write_text("回头看2026\n", "utf-8")
    secret.chmod(0o600)
    assert huitou("workbooks", "out", "--with-names", "--to", "李红", "--password-file", secret) == 0
    raw = (office / "out" / BOOK).read_bytes()
    assert not raw.startswith(b"PK")
    assert (office / "out" / BOOK).stat().st_mode & 0o777 == 0o600
    assert [path for path in (office / "out").rglob("*.xlsx") if path.read_bytes().startswith(b"PK")] == []
    capsys.readouterr()
    assert huitou("handouts") == 0
    assert sha256(office / "out" / BOOK)[:16] in capsys.readouterr().out
    assert huitou("lookback", office / "out" / BOOK) == 3
    assert huitou("lookback", office / "out" / BOOK, "--password-file", secret) == 0
    assert "accepted 0" in capsys.readouterr().out


def test_only_one_password_locks_files(named, office, huitou, capsys):
    secret = office / "secret"
    secret.write_text("one\ntwo\n")
    secret.chmod(0o600)
    assert huitou("workbooks", "out", "--password-file", secret) == 2
    assert "found 2 passwords, allowed is one to lock files with" in capsys.readouterr().err
    assert not (office / "out").exists()
