"""Visits off the list through `huitou lookback`, the next ingest and the labels, with a real vault."""

from datetime import date

import polars as pl
import pytest

from models.labels.recorded_causes import OFF_LIST, recorded_causes
from pipelines.stages.ingest import main as ingest_stage
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.off_list_store import off_list_store
from register.seasons import season_end
from register.store import Register
from tests.pipelines.commands.offices import HEADS, LISTED, OTHER, TWIN, WATCHED, county_office
from tests.watchlists.handed_out import FOUND, released
from tests.watchlists.off_list import VISIT, entered

NOTE = "弟弟欧阳墨斗鱼付费"


@pytest.fixture
def ids(office):
    return county_office(office)


@pytest.fixture
def release(office, ids):
    return released(office, ids[LISTED], "6c6e375e" * 4, hidden_under=noted_key(HERE))


def kept(office, **how):
    return off_list_store(HERE.lookbacks, office / "keys" / "seal.key").records(**how)


def read(huitou, capsys, *paths):
    capsys.readouterr()
    assert huitou("lookback", *paths) in (0, 4)  # 4 where rows were set aside
    return capsys.readouterr().out


def test_households_are_made_out_by_own_number_and_by_name_and_what_cannot_be_is_set_aside(
    office, ids, release, huitou, capsys
):
    """A-yi by name; one Wang by number, for two are called so; Ouyang is on the list; Zhang nobody knows."""
    rows = [
        {**VISIT, "head": "阿依•古丽", "village": "大河村", "note": NOTE},
        {**VISIT, "household_id": OTHER},
        {**VISIT, "head": "王桂花", "village": "大河"},
        {**VISIT, "household_id": LISTED},
        {**VISIT, "head": "张查无", "village": "大河村"},
    ]
    path = entered(release, office / "a.xlsx", *rows, listed={2: FOUND})
    said = read(huitou, capsys, path)
    assert (
        "名单外走访 off the list: 行数 rows 5  采纳 accepted 2  未填 unfilled 0  隔离 quarantined 3" in said
    )
    records = kept(office, with_notes=True)
    assert records.select("household_id", "note").rows() == [(ids[WATCHED], NOTE), (ids[OTHER], None)]
    reasons = pl.read_csv("artifacts/lookback/quarantine.csv").filter(
        pl.col("cell").str.starts_with("名单外")
    )
    assert [one.split(" / ")[0] for one in reasons["reason"]] == [
        "所在村有2户户主同名，分不清是哪一户",
        "该户在名单上：C1 T1 走访顺序1",
        "所在村没有以此人为户主的户",
    ]
    assert "重复 duplicates 2" in read(huitou, capsys, path)


def test_no_name_number_or_note_lies_in_clear_anywhere_but_in_what_was_handed_in(
    office, ids, release, huitou, capsys
):
    rows = [
        {**VISIT, "head": "阿依·古丽", "village": "大河村", "note": NOTE},
        {**VISIT, "household_id": OTHER},
    ]
    said = read(huitou, capsys, entered(release, office / "a.xlsx", *rows))
    (office / "a.xlsx").unlink()
    ingest_stage(HERE, load_params())
    for secret in ("古丽", "墨斗鱼", OTHER):
        assert secret not in said
        holding = [
            path for path in office.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
        ]
        assert {path for path in holding if office / "sent" not in path.parents} == set()
    assert {path.stat().st_mode & 0o777 for path in (office / "lookbacks/off_list").iterdir()} == {0o600}


def test_a_confirmed_visit_off_the_list_teaches_its_cause_from_the_day_it_was_read(
    office, ids, release, huitou, capsys
):
    read(huitou, capsys, entered(release, office / "a.xlsx", {**VISIT, "household_id": OTHER}))
    ingest_stage(HERE, load_params())
    shard = Register(HERE.register).shard("C1")
    assert shard.tables["lookbacks"].is_empty()
    (row,) = shard.tables["found_off_list"].iter_rows(named=True)
    assert (row["household_id"], row["season"], row["causes_found"]) == (ids[OTHER], "2025Q4", "illness")
    rows = pl.DataFrame({"household_id": [ids[OTHER]], "as_of_date": [season_end("2025Q4")]})
    late = recorded_causes(shard, rows, 12, date(2027, 1, 1))
    assert late.select("household_id", "cause", "source").rows() == [(ids[OTHER], "illness", OFF_LIST)]
    assert row["recorded_on"] > row["visited_on"]
    assert shard.view("found_off_list", date(2026, 12, 31), row["visited_on"]).is_empty()


def test_a_visit_can_be_withdrawn_in_the_sheet(office, ids, release, huitou, capsys):
    row = {**VISIT, "household_id": OTHER}
    read(huitou, capsys, entered(release, office / "a.xlsx", row))
    said = read(huitou, capsys, entered(release, office / "b.xlsx", {**row, "result": "撤销"}))
    assert "采纳 accepted 1" in said.split("名单外走访")[1]
    assert kept(office)["result"].to_list() == ["confirmed", "withdrawn"]


def test_without_a_register_or_under_another_key_every_row_is_set_aside(office, ids, release, huitou, capsys):
    """The analyst cleared artifacts/; nothing is guessed."""
    (HERE.register / "manifest.json").unlink()
    said = read(huitou, capsys, entered(release, office / "a.xlsx", {**VISIT, "household_id": OTHER}))
    assert "隔离 quarantined 1" in said.split("名单外走访")[1]
    assert kept(office).is_empty()


def test_twins_of_one_name_are_told_apart_by_number_alone(office, ids, release, huitou, capsys):
    rows = [
        {**VISIT, "household_id": TWIN, "head": HEADS[TWIN]},
        {**VISIT, "household_id": OTHER, "head": "李四"},
    ]
    read(huitou, capsys, entered(release, office / "a.xlsx", *rows))
    assert kept(office)["household_id"].to_list() == [ids[TWIN]]
