"""`huitou lookback`: what the person at the desk is told, and what is kept."""

import polars as pl
import pytest
from openpyxl.comments import Comment

from pipelines.commands.lookback import QUARANTINE, REMARKS
from register.keys.key_file import key_id, make_key
from register.keys.pseudonym import Pseudonymiser
from register.lookback_store import LookbackStore
from tests.pipelines.workspace.test_releases import lines
from tests.watchlists.handed_out import FOUND, filled, released, releases_in
from watchlists.lookbacks.strays import DELIVERED

NUMBER = "0530623001000017"


def kept(folder):
    return LookbackStore(folder / "lookbacks", releases_in(folder).key_file).records()


def test_every_row_of_a_file_is_told_of_and_good_ones_are_kept(office, huitou, capsys):
    wrong = {**FOUND, "household_id": "H9", "note": "欧阳金丝雀"}
    path = filled(released(office), office / "T1 back.xlsx", {2: FOUND, 3: wrong})
    assert huitou("lookback", path) == 0
    said = lines(capsys)
    assert said[0] == (
        f"C1 T1 ({path}): 行数 rows 3  采纳 accepted 1  未填 unfilled 1  隔离 quarantined 1"
        "  重复 duplicates 0  名单 listed 3 已走访 visited 1"
    )
    assert said[1].endswith(str(QUARANTINE.absolute()))
    listed = pl.read_csv(QUARANTINE)
    assert listed.columns == ["file", "row", "cell", "heading", "reason", "next_step"]
    assert listed.select("file", "row", "cell", "heading").rows() == [(str(path), 3, "回头看!B3", "户编号")]
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
    assert said.err.startswith(f"huitou: {office / 'b.xlsx'}: 读不出：")
    assert f"{office / 'c.xlsx'}: 读不出：" in said.out
    assert len(kept(office)) == 1


@pytest.mark.parametrize("key_is_here", [True, False])
def test_a_visit_told_under_the_number_of_the_export_is_taken_where_the_key_is(office, huitou, key_is_here):
    key = make_key(office / "keys/pseudonym.key")
    listed = Pseudonymiser(key).pseudonym("household_id", NUMBER)
    release = released(office, listed, "6c6e375e" * 4, hidden_under=key_id(key))
    path = filled(release, office / "a.xlsx", {2: {**FOUND, "household_id": NUMBER}})
    if not key_is_here:
        (office / "keys/pseudonym.key").unlink()
    assert huitou("lookback", path) == 0
    assert kept(office)["household_id"].to_list() == [listed] * key_is_here
    reasons = pl.read_csv(QUARANTINE)["reason"].to_list()
    assert reasons == ([] if key_is_here else [DELIVERED[0]])
    assert NUMBER not in QUARANTINE.read_text(encoding="utf-8")


def test_a_folder_is_no_workbook(office, huitou, capsys):
    assert huitou("lookback", office) == 3
    assert capsys.readouterr().err.splitlines() == [
        f"huitou: {office}: not a regular file; put the delivered file itself here"
    ]


def test_what_was_corrected_is_counted_and_listed_and_never_silent(office, huitou, capsys):
    release = released(office, "H1", "H2", {"household_id": "H3", "township_id": "T2"})
    assert huitou("lookback", filled(release, office / "a.xlsx", {2: FOUND})) == 0
    assert "其中更正" not in capsys.readouterr().out
    corrected = {**FOUND, "result": "已迁出", "note": "更正"}
    path = filled(release, office / "b.xlsx", {2: corrected}, lambda book: comment(book["回头看"]["G2"]))
    assert huitou("lookback", path) == 0
    said = lines(capsys)
    assert "  其中更正 of these corrections 1  其他乡镇 of other townships 1  名单 listed 2" in said[0]
    assert said[1].startswith("  批注和图片不读入")
    assert said[2].endswith(str(REMARKS.absolute()))
    listed = pl.read_csv(REMARKS)
    assert listed["cell"].to_list() == ["回头看!G2", "回头看!K2"]
    assert kept(office)["result"].to_list() == ["confirmed", "moved_away"]


def comment(cell):
    cell.comment = Comment("邻居反映", "officer")
