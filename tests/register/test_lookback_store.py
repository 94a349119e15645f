"""What visits found is kept for good: added to, never changed, and every change is noticed."""

import json
from datetime import date

import polars as pl
import pytest

from register.errors import StoreError
from register.keys.seals import write_sealed
from register.lookback_store import (
    RECORDS,
    REMEDY,
    WITHDRAWN,
    LookbackStore,
    holding,
    known_by,
    latest,
    visits_today,
)


def visit(household_id="H1", day=1, result="confirmed", **changes):
    """A visit on a day of February, entered on the first of March."""
    fields = {"household_id": household_id, "visited_on": date(2026, 2, day), "result": result}
    origin = {"county_id": "C1", "source_kind": "folder", "list_id": "0" * 16, "file_sha256": "f"}
    return {"recorded_on": date(2026, 3, 1), **fields, **origin, **changes}


def visits(*rows):
    return pl.DataFrame(rows, schema=RECORDS)


@pytest.fixture
def store(tmp_path):
    return LookbackStore(tmp_path / "lookbacks", tmp_path / "keys" / "seal.key")


def test_an_empty_store_has_no_visits_and_makes_nothing(store):
    assert store.records().is_empty()
    assert not store.folder.exists()


def test_what_was_added_comes_back_in_order_with_the_number_of_its_reading(store):
    first, second = visits(visit("H1"), visit("H2", note="锁门")), visits(visit("H1", result="moved_away"))
    for one in (first, second):
        store.append(one, [{"sha256": "f", "accepted": len(one)}])
    records = store.records(with_notes=True)
    assert records["reading"].to_list() == [1, 1, 2]
    assert records.drop("reading").equals(pl.concat([first, second]))


def test_only_the_owner_may_look(store):
    path = store.append(visits(visit()), [])
    assert (path.stat().st_mode & 0o777, store.folder.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("damage", ["changed", "missing", "swapped"])
def test_a_reading_that_is_not_as_it_was_is_refused(store, damage):
    one, two, _ = (store.append(visits(visit(name)), []) for name in ("H1", "H2", "H3"))
    messages = {
        "changed": f"{two}: missing, damaged or not sealed; {REMEDY}",
        "missing": f"{two}: missing; {REMEDY}",
        "swapped": f"{one}: does not follow the one before it; {REMEDY}",
    }
    if damage == "changed":
        two.write_bytes(two.read_bytes().replace(b"H2", b"H9"))
    elif damage == "missing":
        two.unlink()
    else:
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)
    with pytest.raises(StoreError) as refused:
        store.records()
    assert str(refused.value) == messages[damage]


def test_the_version_that_holds_is_the_last_one_of_a_visit(store):
    store.append(visits(visit("H1"), visit("H2")), [])
    store.append(visits(visit("H1", result="moved_away"), visit("H1", day=9)), [])
    records = store.records()
    assert records.filter(latest(records)).select("household_id", "result").rows() == [
        ("H2", "confirmed"),
        ("H1", "moved_away"),
        ("H1", "confirmed"),
    ]


def test_a_day_has_one_last_word_and_later_days_are_not_known_before(store):
    later = {"recorded_on": date(2026, 4, 1)}
    for rows in ([visit()], [visit(result="moved_away")], [visit(result="already_helped", **later)]):
        store.append(visits(*rows), [])
    records = store.records()
    assert known_by(records, None)["result"].to_list() == ["moved_away", "already_helped"]
    assert known_by(records, date(2026, 3, 31))["result"].to_list() == ["moved_away"]
    assert known_by(records, date(2026, 2, 28)).is_empty()


def test_no_note_lies_in_clear_in_the_folder_and_is_given_on_request_alone(store):
    path = store.append(visits(visit(note="电话13912345678 李四家", withdrawn_by="欧阳金丝雀")), [])
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("李四", "13912345678", "欧阳") if word in text]
    assert store.records().select("note", "withdrawn_by").row(0) == (None, None)
    assert store.records(with_notes=True)["note"].to_list() == ["电话13912345678 李四家"]


def test_a_note_does_not_open_without_the_key_it_was_sealed_under(store, tmp_path):
    path = store.append(visits(visit(note="锁门")), [])
    key = tmp_path / "keys" / "vault.key"
    aside = key.rename(key.with_name("aside"))
    assert store.records(with_notes=True)["note"].to_list() == [None]
    assert store.keys_away() == {json.loads(path.read_bytes())["vault_key_id"]}
    with pytest.raises(StoreError, match="copy that key's file here"):
        store.append(visits(visit("H2")), [])
    noted = json.loads(path.read_bytes())["vault_key_id"]
    store.append(visits(visit("H2", note="再访")), [], frozenset({noted}))
    assert store.records(with_notes=True)["note"].to_list() == [None, "再访"]
    assert store.keys_away() == {noted}
    aside.replace(key)
    assert store.records(with_notes=True)["note"].to_list() == ["锁门", None]


def test_readings_of_earlier_versions_open_as_before(store, tmp_path):
    """One cause, one measure, a clear note, and no word of how the visit was made."""
    row = {
        "household_id": "H1",
        "visited_on": "2026-02-03",
        "season": "2025Q4",
        "role": "village_cadre",
        "result": "confirmed",
        "cause_found": "illness",
        "measure_begun": "health",
        "note": "住院",
        "recorded_on": "2026-03-01",
        "county_id": "C1",
        "source_kind": "folder",
        "list_id": "0" * 16,
        "file_sha256": "f",
    }
    earlier = {"files": [], "records": [row], "previous": ""}
    write_sealed(tmp_path / "lookbacks" / "000001.json", earlier, tmp_path / "keys" / "seal.key", "lookbacks")
    record = store.records(with_notes=True).row(0, named=True)
    assert (record["causes_found"], record["measures_begun"], record["contact"]) == (
        "illness",
        "health",
        None,
    )
    assert record["note"] == "住院"
    store.append(visits(visit("H2")), [])
    assert store.records()["household_id"].to_list() == ["H1", "H2"]


def test_a_withdrawn_visit_holds_no_longer_but_was_known_before(store):
    store.append(visits(visit("H1"), visit("H2")), [])
    store.append(visits(visit("H1", result=WITHDRAWN, recorded_on=date(2026, 4, 1))), [])
    records = store.records()
    assert holding(records)["household_id"].to_list() == ["H2"]
    assert known_by(records, date(2026, 3, 31))["result"].to_list() == ["confirmed", "confirmed"]


def test_who_counts_visits_has_causes_and_measures_as_lists(store):
    told = {"causes_found": "illness;disability", "role": "helper", "contact": "phone"}
    store.append(visits(visit("H1", **told), visit("H2")), [])
    rows = visits_today(store.records()).select("household_id", "causes_found", "measures_begun", "contact")
    assert rows.rows() == [
        ("H1", ["illness", "disability"], None, "phone"),
        ("H2", None, None, "in_person"),
    ]
