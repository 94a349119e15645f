"""What visits found is kept for good: added to, never changed, and every change is noticed."""

from datetime import date

import polars as pl
import pytest

from register.errors import StoreError
from register.lookback_store import RECORDS, REMEDY, LookbackStore, known_by, latest


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
