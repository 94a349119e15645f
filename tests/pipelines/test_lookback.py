"""`huitou lookback`: what the person at the desk is told, and what is kept."""

import polars as pl

from pipelines.lookback import QUARANTINE
from register.lookback_store import LookbackStore
from tests.pipelines.test_releases import lines
from tests.watchlists.handed_out import FOUND, filled, released, releases_in


def kept(folder):
    return LookbackStore(folder / "lookbacks", releases_in(folder).key_file).records()


def test_every_row_of_a_file_is_told_of_and_good_ones_are_kept(office, huitou, capsys):
    wrong = {**FOUND, "household_id": "H9", "note": "欧阳金丝雀"}
    path = filled(released(office), office / "T1 back.xlsx", {2: FOUND, 3: wrong})
    assert huitou("lookback", path) == 0
    said = lines(capsys)
    assert said[0] == (
        f"{path}: 行数 rows 3  采纳 accepted 1  未填 unfilled 1  隔离 quarantined 1  重复 duplicates 0"
    )
    assert said[1].endswith(str(QUARANTINE.absolute()))
    listed = pl.read_csv(QUARANTINE)
    assert listed.select("file", "row", "column").rows() == [(str(path), 3, "household_id")]
    assert kept(office)["household_id"].to_list() == ["H1"]
    assert "金丝雀" not in "".join(said) + QUARANTINE.read_text(encoding="utf-8")


def test_the_same_file_again_or_twice_at_once_is_kept_once(office, huitou, capsys):
    path = filled(released(office), office / "a.xlsx", {2: FOUND})
    assert huitou("lookback", path, path) == 0
    assert len(lines(capsys)) == 2
    assert huitou("lookback", path) == 0
    assert "采纳 accepted 0" in lines(capsys)[0]
    assert len(kept(office)) == 1


def test_a_refused_file_does_not_stop_the_others(office, huitou, capsys):
    path = filled(released(office), office / "a.xlsx", {2: FOUND})
    (office / "b.xlsx").write_bytes(b"no workbook")
    (office / "c.xlsx").write_bytes(path.read_bytes()[:-99])
    assert huitou("lookback", office / "b.xlsx", path, office / "c.xlsx") == 3
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith(f"huitou: {office / 'b.xlsx'}: not a whole .xlsx workbook; ")
    assert f"{office / 'c.xlsx'}: not a whole .xlsx workbook; " in said.out
    assert len(kept(office)) == 1


def test_a_folder_is_no_workbook(office, huitou, capsys):
    assert huitou("lookback", office) == 3
    (said,) = capsys.readouterr().err.splitlines()
    assert said == (
        f"huitou: {office}: Is a directory; "
        "a file is wanted where a folder stands, or the other way round; name the other one, then run again"
    )
