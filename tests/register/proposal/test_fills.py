"""A register column is filled with what is known, and what is not is to be confirmed."""

from register.proposal.fills import coded, filled, is_nested, is_single, named
from tests.register.proposal.test_columns import columns_of


def test_codes_of_the_register_need_no_translation():
    cell = coded(columns_of(sex=["male", "female"]), "members", "sex")
    assert (cell.cell, cell.en) == ("sex", "")


def test_words_are_translated_and_what_is_not_known_is_no_value_and_to_be_confirmed():
    cell = coded(columns_of(性别=["男", "女", "9"]), "members", "sex")
    assert cell.cell == {"from": "性别", "codes": {"女": "female", "男": "male", "9": None}}
    assert cell.en == "1 values not known: taken as none"


def test_numbers_whose_meaning_nobody_said_fill_nothing():
    assert coded(columns_of(sex=[1, 2]), "members", "sex") is None
    assert coded(columns_of(q1=[1, 2]), "members", "sex") is None


def test_columns_of_their_own_names_are_filled_without_doubt():
    columns = columns_of(住房面积=[96], 危房等级=["C"], area=[1])
    made = named(columns, "housing", ["household_id"])
    assert {name: (one.cell, one.en) for name, one in made.items()} == {
        "grade": ("危房等级", ""),
        "area_m2": ("住房面积", ""),
    }


def test_a_key_is_single_alone_or_on_each_day():
    columns = columns_of(hh=[1, 1, 2], day=["2010-01-01", "2011-01-01", "2010-01-01"])
    assert not is_single(columns, ["hh"])
    assert is_single(columns, ["hh", "day"])
    assert not is_single(columns, ["hh", {"constant": "2010-01-01"}])


def test_villages_lie_in_one_township_each_or_not():
    assert is_nested(columns_of(v=[1, 1, 2], t=[5, 5, 5]), "v", "t")
    assert not is_nested(columns_of(v=[1, 1], t=[5, 6]), "v", "t")


def test_how_a_column_was_recognised_is_said_unless_by_name():
    columns = columns_of(survey_hhid=[1])
    assert filled(columns.key("household_id")).en == "guessed by its words"
