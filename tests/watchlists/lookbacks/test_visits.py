"""The visits that were read back, each with its name and place; and the version that takes one back."""

import shutil
from datetime import date

import pytest

from register.errors import SourceError
from register.lookback_store import WITHDRAWN, holding
from tests.watchlists.desk import Desk
from tests.watchlists.handed_out import FOUND, releases_in
from watchlists.lookbacks.visits import named_visits, visit_id, withdrawal_of

LATER = date(2026, 4, 1)


@pytest.fixture
def desk(tmp_path):
    one = Desk(tmp_path, "H1", "H2", {"household_id": "H3", "township_id": "T2"})
    one.read(one.book("a.xlsx", {4: FOUND, 2: FOUND}))
    return one


def test_visits_stand_by_place_and_order_of_their_list(desk):
    visits = named_visits(desk.store.records(), releases_in(desk.folder))
    assert visits.select("township_id", "rank", "household_id").rows() == [("T1", 1, "H1"), ("T2", 3, "H3")]
    assert visits["visit"].to_list() == [
        visit_id("folder", household, date(2026, 2, 3)) for household in ("H1", "H3")
    ]


def test_a_visit_of_a_list_that_is_gone_has_no_place(desk):
    shutil.rmtree(desk.folder / "releases")
    visits = named_visits(desk.store.records(), releases_in(desk.folder))
    assert visits["township_id"].to_list() == [None, None]


def test_a_correction_keeps_the_name_and_a_withdrawal_leaves_it_among_those_withdrawn(desk):
    name = visit_id("folder", "H1", date(2026, 2, 3))
    desk.read(desk.book("b.xlsx", {2: {**FOUND, "result": "已迁出", "note": "更正"}}))
    assert name in named_visits(desk.store.records(), releases_in(desk.folder))["visit"]
    desk.store.append(withdrawal_of(desk.store.records(), name, "李四", "没去过", LATER), [])
    records = desk.store.records(with_notes=True)
    (gone,) = named_visits(records, releases_in(desk.folder), withdrawn=True).iter_rows(named=True)
    assert (gone["visit"], gone["result"], gone["recorded_on"]) == (name, WITHDRAWN, LATER)
    assert (gone["withdrawn_by"], gone["note"], gone["list_id"]) == (
        *("李四", "没去过"),
        records["list_id"][0],
    )
    assert holding(records)["household_id"].to_list() == ["H3"]


def test_a_visit_is_withdrawn_once(desk):
    name = visit_id("folder", "H1", date(2026, 2, 3))
    desk.store.append(withdrawal_of(desk.store.records(), name, "李四", "没去过", LATER), [])
    with pytest.raises(SourceError, match=f"no visit {name} holds; huitou visits list names those that do"):
        withdrawal_of(desk.store.records(), name, "李四", "没去过", LATER)
