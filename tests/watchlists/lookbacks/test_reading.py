"""What came back from visits: new, known, not filled in, or set aside with every reason."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import ContractError
from register.lookback_store import RECORDS
from tests.watchlists.desk import DAY, Desk, cells, counts, reasons
from tests.watchlists.handed_out import FOUND, released, releases_in
from watchlists.lookbacks.reading import release_of
from watchlists.lookbacks.sheet import YELLOW, read_filled
from watchlists.lookbacks.strays import NOT_LISTED
from watchlists.lookbacks.versions import CORRECTABLE
from watchlists.lookbacks.words import AT_ODDS, CORRECTION, SUPERSEDED

#: What is said of H1 after a second look.
CORRECTED = {**FOUND, "result": "未发现风险", "note": f"{CORRECTION}：认错了人"}


@pytest.fixture
def desk(tmp_path):
    """An analyst's desk: one release, one store, files read back on a day."""
    return Desk(tmp_path)


def test_a_visit_comes_back_with_everything_the_officer_wrote(desk):
    """Two of three households were visited."""
    done = desk.read(desk.book("a.xlsx", {2: FOUND, 3: {**FOUND, "result": "已迁出"}}))
    assert counts(done) == (3, 2, 1, 0, 0)
    assert done.accepted.select(
        "household_id", "visited_on", *CORRECTABLE, "recorded_on", "season", "county_id"
    ).row(0) == (
        *("H1", date(2026, 2, 3), "village_cadre", "confirmed", "illness", "health", None, "住院", DAY),
        *("2025Q4", "C1"),
    )
    assert desk.store.records(with_notes=True).select(list(RECORDS)).equals(done.accepted)


def test_a_household_that_was_not_on_that_list_is_set_aside(desk):
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, "household_id": "H9"}, 3: FOUND}))
    assert counts(done) == (3, 1, 1, 1, 0)
    assert reasons(done) == [(2, "户编号", NOT_LISTED[0])]
    assert done.reasons["next_step"].to_list() == [NOT_LISTED[1]]


def test_a_household_of_another_seasons_list_is_set_aside(desk):
    """H7 was listed in the summer; her row was copied into the winter's workbook."""
    released(desk.folder, "H7", season="2025Q2")
    assert reasons(desk.read(desk.book("a.xlsx", {2: {**FOUND, "household_id": "H7"}}))) == [
        (2, "户编号", NOT_LISTED[0])
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
        f"{path}: 名单 2025Q4 {one.list_id} 不是这里发布的，请交给发放它的单位读回 / "
        f"made from list {one.list_id} of 2025Q4, which no release here holds; "
        "read it back where it was published (huitou releases)"
    )


@pytest.mark.parametrize(
    ("wrong", "heading"),
    [
        ({"visited_on": None}, "走访日期"),
        ({"visited_on": "lately"}, "走访日期"),
        ({"visited_on": "2026-03-02"}, "走访日期"),
        ({"visited_on": "2025-12-30"}, "走访日期"),
        ({"result": None}, "核实结果"),
        ({"result": "不知道"}, "核实结果"),
        ({"causes_found": "懒"}, "核实的原因"),
        ({"measures_begun": "=1+1"}, "开始的措施"),
        ({"role": "省长"}, "走访人身份"),
        ({"household_id": None}, "户编号"),
    ],
)
def test_a_row_with_a_fault_is_set_aside_by_its_heading(desk, wrong, heading):
    done = desk.read(desk.book("a.xlsx", {2: {**FOUND, **wrong}, 3: FOUND}))
    assert counts(done) == (3, 1, 1, 1, 0)
    assert [one[:2] for one in reasons(done)] == [(2, heading)]


def test_every_reason_is_given_not_only_the_first(desk):
    wrong = {"household_id": "H9", "visited_on": "2025-12-30", "result": "?"}
    assert cells(desk.read(desk.book("a.xlsx", {2: {**FOUND, **wrong}})).reasons) == [
        ("回头看!G2", "不是“核实结果”下拉列表中的词"),
        ("回头看!B2", "该户不在这份名单上"),
        ("回头看!E2", "走访日期早于名单的截止日期 2025-12-31"),
    ]


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
    done = desk.read(desk.book("b.xlsx", {2: CORRECTED}), day=date(2026, 3, 9))
    assert counts(done) == (3, 1, 2, 0, 0)
    versions = desk.store.records().select("result", "recorded_on").rows()
    assert versions == [("confirmed", DAY), ("not_confirmed", date(2026, 3, 9))]


def test_an_old_copy_does_not_undo_a_correction(desk):
    """The first file again is known; the same words in another file ask for a reason."""
    first = desk.book("a.xlsx", {2: FOUND})
    desk.read(first)
    desk.read(desk.book("b.xlsx", {2: CORRECTED}))
    assert counts(desk.read(first)) == (3, 0, 2, 0, 1)
    again = desk.read(desk.book("c.xlsx", {2: FOUND, 3: FOUND}))
    assert counts(again) == (3, 1, 1, 1, 0)
    assert reasons(again) == [(2, "核实结果", SUPERSEDED[0])]
    explained = desk.read(desk.book("d.xlsx", {2: {**FOUND, "note": "更正：复核确有风险"}}))
    assert counts(explained) == (3, 1, 2, 0, 0)


def test_a_folder_with_the_file_and_its_correction_may_be_read_again_and_again(desk):
    first, second = desk.book("a.xlsx", {2: FOUND}), desk.book("b.xlsx", {2: CORRECTED})
    desk.read(first)
    assert counts(desk.read(first, second)) == (6, 1, 4, 0, 1)
    assert counts(desk.read(first, second)) == (6, 0, 4, 0, 2)


def test_two_people_who_found_different_things_on_one_day_are_both_set_aside(desk):
    one = desk.book("a.xlsx", {2: FOUND, 3: FOUND})
    two = desk.book("b.xlsx", {2: {**FOUND, "result": "未发现风险"}, 3: FOUND})
    done = desk.read(one, two)
    assert counts(done) == (6, 1, 2, 2, 1)
    assert done.reasons.select("file", "cell", "reason", "next_step").rows() == [
        (str(one), "回头看!G2", AT_ODDS[0].format(places="b.xlsx 回头看!G2"), AT_ODDS[1]),
        (str(two), "回头看!G2", AT_ODDS[0].format(places="a.xlsx 回头看!G2"), AT_ODDS[1]),
    ]


def test_a_household_named_twice_in_one_sheet_with_two_results_is_set_aside(desk):
    done = desk.read(desk.book("a.xlsx", {2: FOUND, 3: {**FOUND, "household_id": "H1", "result": "已迁出"}}))
    assert counts(done) == (3, 0, 1, 2, 0)
    assert [cell for cell, _ in cells(done.reasons)] == ["回头看!G2", "回头看!G3"]


def test_one_visit_in_the_workbooks_of_two_seasons_is_one_visit(desk):
    """Both lists led to her door; nothing she was told differs."""
    summer = released(desk.folder, "H1", season="2025Q2")
    done = desk.read(desk.book("a.xlsx", {2: FOUND}), desk.book("b.xlsx", {2: FOUND}, release=summer))
    assert counts(done) == (4, 1, 2, 0, 1)


def is_empty(row):
    return not any(str(row.get(name) or "").strip() for name in YELLOW)


ROW = st.fixed_dictionaries(
    {},
    optional={
        "household_id": st.sampled_from(["H1", "H2", "H3", "H9", "", None]),
        "visited_on": st.sampled_from(["2026-02-03", "2026/2/4", "2025-01-01", "2027-01-01", "x", 5, None]),
        "result": st.sampled_from(["风险属实", "confirmed", "已迁出", "?", "", None]),
        "causes_found": st.sampled_from(["因病", "illness", "?", None]),
        "note": st.text(max_size=5).filter(lambda text: text.isprintable()),
    },
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(st.integers(2, 6), ROW), second=st.dictionaries(st.integers(2, 6), ROW))
def test_every_row_is_accounted_for_and_reading_again_adds_nothing(tmp_path_factory, first, second):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    paths = [desk.book("a.xlsx", first), desk.book("b.xlsx", second)]
    done = desk.read(*paths)
    filled_in = [sum(not is_empty(row) for row in rows.values()) for rows in (first, second)]
    assert (done.ledger["rows_in"] - done.ledger["unfilled"]).to_list() == filled_in
    assert len(desk.read(*paths, day=date(2026, 3, 2)).accepted) == 0
    known = desk.store.records()
    assert known.select("household_id", "visited_on").is_unique().all()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(st.integers(2, 4), ROW), second=st.dictionaries(st.integers(2, 4), ROW))
def test_whichever_of_two_workbooks_comes_first_no_visit_has_two_results(tmp_path_factory, first, second):
    """Nobody wrote 更正: what was read back first is not taken back by what comes later."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    for name, rows in (("a.xlsx", first), ("b.xlsx", second)):
        desk.read(desk.book(name, rows))
    results = desk.store.records().group_by("household_id", "visited_on").agg(pl.n_unique("result"))
    assert results["result"].to_list() == [1] * len(results)
