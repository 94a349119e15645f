"""Every way officers fill in and save a sheet: no row is lost in silence, every refusal names its cell."""

import re

import pytest

from register.lookback_store import LookbackStore
from register.tables.lookbacks import LOOKBACKS
from tests.watchlists.desk import DAY, cells
from tests.watchlists.handed_out import releases_in
from tests.watchlists.officers_files import PASSWORD, made
from watchlists.lookbacks.file import UNREAD, WRONG_PASSWORD
from watchlists.lookbacks.pages import HEADINGS
from watchlists.lookbacks.reading import LEDGER, judge, release_of
from watchlists.lookbacks.returned import still_open, tickets
from watchlists.lookbacks.sheet import read_filled

CODES = [
    code
    for column in LOOKBACKS.columns
    for code in (column.name, *column.meanings)
    if "_" in code or code == "confirmed"
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return made(tmp_path_factory.mktemp("officers"))


@pytest.fixture(scope="module")
def ways(files):
    """Read every way's calls, each way with a store of its own; give the readings, or the refusals."""
    return {way: [*readings(files, number, way)] for number, way in enumerate(files.calls)}


def readings(files, number, way):
    store = LookbackStore(files.folder / f"lookbacks{number}", releases_in(files.folder).key_file)
    before = []
    for call in files.calls[way]:
        if any(path in files.refused for path in call):
            continue
        opened = [read_filled(path, [PASSWORD]) for path in call]
        taken = [(one, release_of(one, releases_in(files.folder))) for one in opened]
        done = judge(taken, store.records(), DAY)
        if len(done.accepted):
            store.append(done.accepted, done.ledger.drop("file").to_dicts())
        before = still_open(before, taken, done.accepted, done.reasons, DAY)
        yield call, taken, done, before


def test_there_are_all_the_ways_of_the_officers_files(files):
    assert sum(len(call) for calls in files.calls.values() for call in calls) >= 37
    assert {path.suffix for path in files.filled} == {".xlsx", ".xls", ".ods", ".csv"}


def test_what_was_filled_in_is_taken_set_aside_or_known_and_never_called_empty(files, ways):
    for way, done in ways.items():
        for call, taken, judged, _ in done:
            for path, (filled, _), entry in zip(
                call, taken, judged.ledger.iter_rows(named=True), strict=True
            ):
                assert entry["rows_in"] == sum(entry[name] for name in LEDGER[1:]), way
                assert entry["rows_in"] - entry["unfilled"] == files.filled[path], (way, path.name)
                assert filled.list_id, way


def test_every_row_set_aside_names_its_cell_in_the_words_of_the_sheet(ways):
    refused = [
        (way, line)
        for way, done in ways.items()
        for _, _, judged, _ in done
        for line in judged.reasons.iter_rows(named=True)
    ]
    assert refused
    for way, line in refused:
        assert re.fullmatch(r".+![A-Z]*\d+", line["cell"]), way
        assert line["heading"] in HEADINGS, way
        words = f"{line['reason']} {line['next_step']}"
        assert " / " in line["reason"], way
        assert " / " in line["next_step"], way
        assert [code for code in CODES if code in words] == [], way


def test_every_row_set_aside_stays_on_the_sheet_to_return_as_it_was_written(ways):
    for way, done in ways.items():
        for _, _, judged, kept in done:
            rows = set(judged.reasons.select("file", "row").iter_rows())
            assert rows <= {(one.file, one.row) for one in kept}, way


def test_what_cannot_be_read_as_a_whole_says_what_to_do_in_one_line(files):
    for path, said in files.refused.items():
        with pytest.raises(ValueError, match=re.escape(said)) as refused:
            read_filled(path, [PASSWORD])
        line = str(refused.value)
        assert line.startswith(f"{path}: {said}"), path.name
        assert " / " in line
        assert "\n" not in line


#: Saved or rearranged in a way that leaves nothing in doubt: both visits are taken.
@pytest.mark.parametrize(
    "way",
    [
        *("the note's column dropped", "who visited dropped", "the cause dropped", "the measure dropped"),
        *("the village dropped", "the sheet renamed", "the sheet moved and renamed", "a column added"),
        *("a title above the headings", "the guide deleted", "rows deleted", "headings in Chinese alone"),
        *("the page alone in a new workbook", "saved again", "sorted and filtered", "a comment and a photo"),
        *("saved as .ods", ".ods with a comment, sorted", ".ods with a photo", "with a password"),
        *(
            "as CSV",
            "as CSV of Excel in China",
            "rows pasted from another township",
            "a roll-up of the county",
        ),
    ],
)
def test_what_was_rearranged_or_saved_by_another_program_is_read_as_it_was_filled_in(files, ways, way):
    ((call, _, judged, kept),) = ways[way]
    assert len(judged.accepted) == files.filled[call[0]]
    assert judged.accepted["result"].to_list()[:2] in (
        ["confirmed", "not_confirmed"],
        ["not_confirmed", "confirmed"],
    )
    assert kept == []


@pytest.mark.parametrize("way", ["a comment and a photo", ".ods with a comment, sorted", ".ods with a photo"])
def test_comments_and_photos_are_spoken_of(ways, way):
    ((_, ((filled, _),), _, _),) = ways[way]
    assert UNREAD in filled.unread


def test_a_date_that_leaves_no_doubt_is_taken_and_every_other_set_aside_by_its_cell(ways):
    ((_, _, judged, _),) = ways["dates typed by hand"]
    refused = {f"回头看!E{row}" for row in (2, 3, 10, 11, 12)}  # 13th month, before the list, to come, 昨天
    assert {cell for cell, _ in cells(judged.reasons)} == refused
    assert len(judged.accepted) + judged.reasons["row"].n_unique() == 12


def test_a_sheet_of_returned_rows_keeps_what_was_written_and_names_its_rows_through_an_office_program(ways):
    ((_, ((filled, _),), judged, kept),) = ways["a sheet of returned rows, saved again"]
    assert filled.unread == ()
    assert len(tickets(filled)) == judged.reasons["row"].n_unique() == len(kept) == 4
    assert {one.ticket for one in kept} == set(tickets(filled).values())
    assert kept[0].cells["备注"] == "户主外出，未见到人"


def test_the_same_file_again_is_known(ways):
    first, second = ways["renamed, and the same twice"]
    assert (len(first[2].accepted), second[2].ledger["duplicates"].to_list()) == (2, [2])


@pytest.mark.parametrize(
    "way", ["corrected, and a row cleared", "the date corrected", "moved to the right household"]
)
def test_what_takes_something_back_is_spoken_of(ways, way):
    _, (_, _, judged, _) = ways[way]
    assert len(judged.reasons) + len(judged.remarks)


def test_two_officers_who_disagree_are_both_asked_in_one_call_and_in_two(ways):
    ((_, _, at_once, kept),) = ways["two officers, in one call"]
    assert {(path.rsplit("/", 1)[-1]) for path, _ in at_once.reasons.select("file", "row").iter_rows()} == {
        *("33丙.xlsx", "33丁.xlsx")
    }
    assert len(kept) == 4
    first, second = ways["two officers, in two calls"]
    assert len(first[2].accepted) == 2
    assert len(second[3]) == 2


def test_a_wrong_password_opens_nothing(files):
    (path,) = files.calls["with a password"][0]
    with pytest.raises(ValueError, match="密码不对") as refused:
        read_filled(path, ["wrong", "回头"])
    assert str(refused.value) == f"{path}: {WRONG_PASSWORD}"
