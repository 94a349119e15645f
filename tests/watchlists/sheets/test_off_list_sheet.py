"""The sheet of visits off the list: ten yellow rows, and words to choose from."""

import pytest

from register.tables.lookbacks import LOOKBACKS
from tests.watchlists.handed_out import BOOK, opened, released
from tests.watchlists.off_list import AT
from watchlists.sheets.off_list_sheet import ROWS
from watchlists.sheets.sheet_words import OFF_LIST_SHEET


@pytest.fixture
def sheet(tmp_path):
    return opened(released(tmp_path).folder / BOOK)[OFF_LIST_SHEET]


def test_ten_numbered_rows_stand_open_and_nothing_else_can_be_written_on(sheet):
    assert [sheet.cell(row, AT["number"]).value for row in range(2, sheet.max_row + 1)] == [
        *range(1, ROWS + 1)
    ]
    assert sheet.protection.sheet
    for row in range(2, ROWS + 2):
        locked = [sheet.cell(row, place).protection.locked for place in AT.values()]
        assert locked == [name == "number" for name in AT]
    assert all(cell.protection.locked for cell in sheet[1])


def test_results_causes_measures_and_roles_are_chosen_as_beside_the_list(sheet):
    rules = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    offered = [one.formula1.strip('"').split(",") for one in rules]
    coded = [name for name in AT if name in LOOKBACKS.by_name and LOOKBACKS.by_name[name].meanings]
    assert offered == [list(LOOKBACKS.by_name[name].meanings.values()) for name in coded]
    assert all(str(one.sqref).endswith(str(ROWS + 1)) for one in rules)


def test_ids_stay_text_and_the_page_prints_on_wide_a4_with_the_householder_in_sight(sheet):
    assert sheet.cell(2, AT["household_id"]).number_format == "@"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.freeze_panes == "D2"
