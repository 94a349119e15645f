"""What the yellow cells of a visit take: words of the lists, several where several may stand, and days."""

import openpyxl
import pytest

from register.tables.lookbacks import LOOKBACKS
from watchlists.language import choices
from watchlists.sheets.checked_book import CheckedBook
from watchlists.sheets.sheet_words import LOOKBACK_COLUMNS
from watchlists.sheets.visit_cells import choose_words

PLACES = {name: place for place, (name, *_) in enumerate(LOOKBACK_COLUMNS, 1)}


@pytest.fixture(params=["zh", "en", "both"])
def rules(request, tmp_path):
    book = CheckedBook(tmp_path / "a.xlsx")
    choose_words(book.add_worksheet("S"), 5, LOOKBACK_COLUMNS, request.param)
    book.close()
    of_sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["S"].data_validations.dataValidation
    by_column = {
        openpyxl.utils.cell.coordinate_from_string(str(one.sqref).split(":")[0])[0]: one for one in of_sheet
    }
    return {
        name: rule
        for name, place in PLACES.items()
        if (rule := by_column.get(openpyxl.utils.get_column_letter(place)))
    }, request.param


def test_every_column_of_codes_offers_its_words_in_the_language(rules):
    by_name, language = rules
    coded = [name for name in PLACES if name in LOOKBACKS.by_name and LOOKBACKS.by_name[name].meanings]
    for name in coded:
        assert by_name[name].formula1.strip('"').split(",") == choices(LOOKBACKS.by_name[name], language)
    assert set(by_name) == {*coded, "visited_on"}


def test_one_word_is_refused_and_several_are_warned_of(rules):
    by_name, _ = rules
    assert {name: rule.errorStyle for name, rule in by_name.items() if rule.errorStyle == "warning"} == {
        name: "warning" for name in by_name if name != "visited_on" and LOOKBACKS.by_name[name].most
    }


def test_a_day_is_a_date(rules):
    assert rules[0]["visited_on"].type == "date"
