"""`huitou export`: all that is held of a household or one of its members, wherever it stands."""

import json
import stat

import pytest

from pipelines.commands.export import DATA, PAGE
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.events import kept_events
from pipelines.workspace.handouts import HandedFile, keep_handout
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import write_parquet
from register.lookback_store import LookbackStore
from register.off_list_store import off_list_store
from register.store import Register
from tests.pipelines.commands.offices import ADDRESS, HEADS, LISTED, OTHER, PHONE, county_office
from tests.register.test_lookback_store import visit, visits
from tests.watchlists.explaining import kept, released, scored
from watchlists.release.store import LISTED as LIST
from watchlists.release.store import list_id


@pytest.fixture
def ids(office):
    """Ouyang is listed and was visited twice; a Wang was scored, and neither knows of the other."""
    by_number = county_office(office)
    release = released(
        office,
        [scored(by_number[LISTED], rank=3, rules=["dangerous_house"])],
        [kept(by_number[LISTED])],
        [scored(by_number[OTHER], risk=0.05, rank_in_county=44)],
        hidden_under=noted_key(HERE),
    )
    key_file = office / "keys" / "seal.key"
    LookbackStore(HERE.lookbacks, key_file).append(
        visits(visit(by_number[LISTED], note="锁门，邻居说去了昆明"), visit(by_number[OTHER])), []
    )
    off_list_store(HERE.lookbacks, key_file).append(visits(visit(by_number[LISTED], day=9)), [])
    facts = {"to": "李红", "season": "2025Q4", "with_names": True}
    files = [HandedFile("C1/T1.xlsx", "0" * 64, "C1 T1", 1), HandedFile("C2/T9.xlsx", "1" * 64, "C2 T9", 1)]
    keep_handout(
        HERE, load_params(), "workbooks", {**facts, "list_id": list_id(release.folder / LIST)}, files
    )
    return by_number


def exported(huitou, office, wanted):
    assert huitou("export", wanted, office / "held") == 0
    return json.loads((office / "held" / DATA).read_text(encoding="utf-8"))


def test_all_that_is_held_is_written_and_nothing_of_another_household(ids, office, huitou):
    document = exported(huitou, office, LISTED)
    held, text = document["held"], json.dumps(document, ensure_ascii=False)
    assert document["household"] == ids[LISTED]
    for shown in (LISTED, HEADS[LISTED], PHONE, ADDRESS, "锁门，邻居说去了昆明"):
        assert shown in text
    assert ids[OTHER] not in text
    tables = {name.split("/", 1)[1] for name in held["tables"]}
    assert {"register/C1/households.parquet", "register/C1/members.parquet"} <= tables
    store = next((office / "releases" / ".store").iterdir()).name
    assert {f".store/{store}/{one}.parquet" for one in ("watchlist", "scores", "explanations")} <= tables
    assert [row["visited_on"] for row in held["off_list"]] == ["2026-02-09"]
    (handout,) = held["handouts"]
    assert [handout["to"], [one["path"] for one in handout["files"]]] == ["李红", ["C1/T1.xlsx"]]


def test_every_version_in_the_register_is_held(ids, office, huitou):
    held = exported(huitou, office, ids[LISTED])["held"]
    for name, table in Register(HERE.register).shard("C1").tables.items():
        if "household_id" in table.columns:
            rows = held["tables"].get(f"artifacts/register/C1/{name}.parquet", [])
            assert len(rows) == table.filter(household_id=ids[LISTED]).height


def test_the_page_says_in_two_languages_what_is_held_and_how_to_object(ids, office, huitou):
    exported(huitou, office, LISTED)
    text = (office / "held" / PAGE).read_text(encoding="utf-8")
    for words in ("我们保存了您家的哪些信息", "What you may do", "要求查看、复制", HEADS[LISTED], "李红"):
        assert words in text
    assert "与户主关系" in text


def test_folder_and_files_are_for_their_owner_alone(ids, office, huitou):
    exported(huitou, office, LISTED)
    assert stat.S_IMODE((office / "held").stat().st_mode) == 0o700
    assert {stat.S_IMODE((office / "held" / name).stat().st_mode) for name in (DATA, PAGE)} == {0o600}


def test_a_member_gets_own_records_and_not_those_of_another_member(ids, office, huitou):
    document = exported(huitou, office, f"{LISTED}9")
    assert document["household"] == ids[LISTED]
    assert document["person"] is not None
    members = document["held"]["tables"]["artifacts/register/C1/members.parquet"]
    assert {row["member_id"] for row in members} == {document["person"]}


def test_without_a_folder_it_is_counted_where_it_stands_and_nobody_is_named(ids, office, huitou, capsys):
    capsys.readouterr()
    assert huitou("export", LISTED) == 0
    lines = capsys.readouterr().out
    assert "artifacts/register/C1/households.parquet" in lines
    for hidden in (HEADS[LISTED], LISTED, PHONE, ids[LISTED]):
        assert hidden not in lines


def test_rows_of_runs_and_files_that_name_it_are_held_too(ids, office, huitou):
    scores = Register(HERE.register).shard("C1").tables["households"].select("household_id")
    write_parquet(office / "runs/2025Q4-0a/scores.parquet", scores)
    (office / "artifacts/check").mkdir(parents=True)
    (office / "artifacts/check/list.csv").write_text(f"id\n{LISTED}\n", encoding="utf-8")
    held = exported(huitou, office, LISTED)["held"]
    assert held["tables"]["runs/2025Q4-0a/scores.parquet"] == [{"household_id": ids[LISTED]}]
    assert held["files"] == ["artifacts/check/list.csv"]


def test_that_it_was_exported_is_an_event_and_told_the_next_time(ids, office, huitou):
    assert huitou("export", LISTED) == 0
    *_, event = kept_events(HERE, load_params())
    assert (event["what"], event["household"]) == ("export", ids[LISTED])
    assert [one["what"] for one in exported(huitou, office, LISTED)["held"]["events"]] == ["export"]


def test_of_whom_nothing_is_held_nothing_is_written(ids, office, huitou, capsys):
    assert huitou("export", "0530622009999999", office / "held") == 3
    assert "nothing is held of anybody with this id" in capsys.readouterr().err
    assert not (office / "held").exists()
    assert [one["what"] for one in kept_events(HERE, load_params())] == ["workbooks"]


def test_a_folder_in_use_is_refused(ids, office, huitou):
    (office / "held").mkdir()
    (office / "held/a.txt").touch()
    assert huitou("export", LISTED, office / "held") == 3


def test_without_the_key_an_own_number_is_refused_and_the_id_of_the_list_is_not(ids, office, huitou):
    (office / "keys/pseudonym.key").unlink()
    assert huitou("export", LISTED) == 6
    assert huitou("export", ids[LISTED]) == 0
