"""What came back from visits: new, known, not filled in, or set aside with every reason."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import ContractError
from register.lookback_store import RECORDS, LookbackStore
from tests.watchlists.handed_out import FOUND, filled, released, releases_in
from watchlists.lookback import BEFORE_LIST, CONTENT, LEDGER, NOT_LISTED, SUPERSEDED, judge, release_of
from watchlists.lookback_sheet import read_filled

DAY = date(2026, 3, 1)


@pytest.fixture
def desk(tmp_path):
    """An analyst's desk: one release, one store, files read back on a day."""
    return Desk(tmp_path)


class Desk:
    def __init__(self, folder):
        self.folder, self.release = folder, released(folder)
        self.store = LookbackStore(folder / "lookbacks", releases_in(folder).key_file)

    def book(self, name, found, release=None, change=None):
        return filled(release or self.release, self.folder / name, found, change)

    def read(self, *paths, day=DAY):
        opened = [read_filled(path) for path in paths]
        releases = releases_in(self.folder)
        done = judge([(one, release_of(one, releases)) for one in opened], self.store.records(), day)
        for row in done.ledger.iter_rows(named=True):
            assert row["rows_in"] == sum(row[name] for name in LEDGER[1:])
        if len(done.accepted):
            self.store.append(done.accepted, done.ledger.drop("file").to_dicts())
        return done


def counts(done):
    return done.ledger.select(pl.col(LEDGER).sum()).row(0)


def reasons(done):
    return done.reasons.select("row", "column", "reason").rows()


def test_a_visit_comes_back_with_everything_the_officer_wrote(desk):
    """Two of three households were visited; the third has a note but no result yet."""
    done = desk.read(desk.book("a.xlsx", {2: FOUND, 3: {**FOUND, "result": "已迁出"}, 4: {"note": "锁门"}}))
    assert counts(done) == (3, 2, 1, 0, 0)
    assert done.accepted.select("household_id", *CONTENT[1:], "recorded_on", "season", "county_id").row(
        0
    ) == (
        *("H1", date(2026, 2, 3), "village_cadre", "confirmed", "illness", "health", "住院", DAY),
        *("2025Q4", "C1"),
    )
    assert desk.store.records().select(list(RECORDS)).equals(done.accepted)


def test_a_household_that_was_not_on_that_list_is_set_aside(desk):
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, "household_id": "H9"}, 3: FOUND}))
    assert counts(done) == (3, 1, 1, 1, 0)
    assert reasons(done) == [(2, "household_id", NOT_LISTED[0])]
    assert done.reasons["next_step"].to_list() == [NOT_LISTED[1]]


def test_a_household_of_another_seasons_list_is_set_aside(desk):
    """H7 was listed in the summer; her row was copied into the winter's workbook."""
    released(desk.folder, "H7", season="2025Q2")
    assert reasons(desk.read(desk.book("a.xlsx", {2: {**FOUND, "household_id": "H7"}}))) == [
        (2, "household_id", NOT_LISTED[0])
    ]


def test_the_workbook_of_an_earlier_list_still_belongs_to_it(desk):
    """The season was published again with H4 only; yet H1 was on the list the officer had."""
    released(desk.folder, "H4")
    assert counts(desk.read(desk.book("renamed.xlsx", {2: FOUND}))) == (3, 1, 2, 0, 0)


def test_a_workbook_of_a_release_that_does_not_exist_is_refused(desk, tmp_path_factory):
    other = released(tmp_path_factory.mktemp("other"), "H1", "H2")
    path = desk.book("a.xlsx", {2: FOUND}, release=other)
    one = read_filled(path)
    with pytest.raises(ContractError) as refused:
        release_of(one, releases_in(desk.folder))
    assert str(refused.value) == (
        f"{path}: made from list {one.list_id} of 2025Q4, which no release here holds; "
        "read it back where it was published (huitou releases)"
    )


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"visited_on": None}, "visited_on"),
        ({"visited_on": "lately"}, "visited_on"),
        ({"visited_on": "2026-03-02"}, "visited_on"),
        ({"visited_on": "2025-12-30"}, "visited_on"),
        ({"result": "不知道"}, "result"),
        ({"cause_found": "懒"}, "cause_found"),
        ({"measure_begun": "=1+1"}, "measure_begun"),
        ({"role": "省长"}, "role"),
        ({"household_id": None}, "household_id"),
    ],
)
def test_a_row_with_a_fault_is_set_aside_by_its_column(desk, wrong, column):
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, **wrong}, 3: FOUND}))
    assert counts(done) == (3, 1, 1, 1, 0)
    assert {one[:2] for one in reasons(done)} == {(2, column)}


def test_every_reason_is_given_not_only_the_first(desk):
    wrong = {"household_id": "H9", "visited_on": "2025-12-30", "result": "?"}
    found = {reason for *_, reason in reasons(desk.read(desk.book("a.xlsx", {2: {**FOUND, **wrong}})))}
    assert {NOT_LISTED[0], BEFORE_LIST[0]} < found
    assert len(found) == 3


def test_the_same_file_twice_changes_nothing(desk):
    path = desk.book("a.xlsx", {2: FOUND, 3: FOUND})
    assert counts(desk.read(path)) == (3, 2, 1, 0, 0)
    assert counts(desk.read(path, day=date(2026, 4, 1))) == (3, 0, 1, 0, 2)
    assert len(list(desk.store.folder.glob("*.json"))) == 1


def test_a_file_with_more_visits_gives_the_new_ones_only(desk):
    desk.read(desk.book("a.xlsx", {2: FOUND}))
    assert counts(desk.read(desk.book("a.xlsx", {2: FOUND, 4: FOUND}))) == (3, 1, 1, 0, 1)


def test_a_file_corrected_later_is_a_new_version(desk):
    desk.read(desk.book("a.xlsx", {2: FOUND}))
    done = desk.read(desk.book("b.xlsx", {2: {**FOUND, "result": "未发现风险"}}), day=date(2026, 3, 9))
    assert counts(done) == (3, 1, 2, 0, 0)
    versions = desk.store.records().select("result", "recorded_on").rows()
    assert versions == [("confirmed", DAY), ("not_confirmed", date(2026, 3, 9))]


def test_an_old_copy_does_not_undo_a_correction(desk):
    """The first file again is known; the same words in another file ask for a reason."""
    first = desk.book("a.xlsx", {2: FOUND})
    desk.read(first)
    desk.read(desk.book("b.xlsx", {2: {**FOUND, "result": "未发现风险"}}))
    assert counts(desk.read(first)) == (3, 0, 2, 0, 1)
    again = desk.read(desk.book("c.xlsx", {2: FOUND, 3: FOUND}))
    assert counts(again) == (3, 1, 1, 1, 0)
    assert reasons(again) == [(2, "result", SUPERSEDED[0])]
    explained = desk.read(desk.book("d.xlsx", {2: {**FOUND, "note": "复核：确有风险"}}))
    assert counts(explained) == (3, 1, 2, 0, 0)


def test_a_folder_with_the_file_and_its_correction_may_be_read_again_and_again(desk):
    first, second = desk.book("a.xlsx", {2: FOUND}), desk.book("b.xlsx", {2: {**FOUND, "role": "乡镇干部"}})
    desk.read(first)
    assert counts(desk.read(first, second)) == (6, 1, 4, 0, 1)
    assert counts(desk.read(first, second)) == (6, 0, 4, 0, 2)


def test_two_people_who_found_different_things_on_one_day_are_both_set_aside(desk):
    one = desk.book("a.xlsx", {2: FOUND, 3: FOUND})
    two = desk.book("b.xlsx", {2: {**FOUND, "result": "未发现风险"}, 3: FOUND})
    done = desk.read(one, two)
    assert counts(done) == (6, 1, 2, 2, 1)
    assert {(row, column) for row, column, _ in reasons(done)} == {(2, "household_id+visited_on+recorded_on")}
    assert set(done.reasons["file"]) == {str(one), str(two)}


ROW = st.fixed_dictionaries(
    {},
    optional={
        "household_id": st.sampled_from(["H1", "H2", "H3", "H9", "", None]),
        "visited_on": st.sampled_from(["2026-02-03", "2026/2/4", "2025-01-01", "2027-01-01", "x", 5, None]),
        "result": st.sampled_from(["风险属实", "confirmed", "已迁出", "?", "", None]),
        "cause_found": st.sampled_from(["因病", "illness", "?", None]),
        "note": st.text(max_size=5).filter(lambda text: text.isprintable()),
    },
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(st.integers(2, 6), ROW), second=st.dictionaries(st.integers(2, 6), ROW))
def test_every_row_is_accounted_for_and_reading_again_adds_nothing(tmp_path_factory, first, second):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    paths = [desk.book("a.xlsx", first), desk.book("b.xlsx", second)]
    desk.read(*paths)
    assert len(desk.read(*paths, day=date(2026, 3, 2)).accepted) == 0
    known = desk.store.records()
    assert known.select("household_id", "visited_on").is_unique().all()
