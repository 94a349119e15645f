"""The forms of the month, as their file has them."""

from typing import get_args

import pytest

from register.errors import ParamsError
from register.reference.monthly_forms import Form, form_columns
from tests.register.reference.spoilt import spoilt

#: So many characters have room across a wide A4 page at nine points and more.
ACROSS = 160
#: Of the form's letters against those of a table: a sheet that is passed round, a notice on a wall.
MEASURES = 14


@pytest.mark.parametrize("form", get_args(Form))
def test_a_form_names_no_column_twice_and_has_room_on_a_page(form):
    columns = form_columns(form)
    assert len({one.code for one in columns}) == len(columns)
    wide = sum(
        one.width * (MEASURES if (form, one.code) == ("statistics", "measures") else 1) for one in columns
    )
    assert wide <= ACROSS


def test_the_notice_holds_nothing_that_must_not_be_posted():
    codes = {one.code for one in form_columns("notice")}
    assert codes == {"number", "masked", "group", "people", "group_proposed"}
    assert "who" not in codes


def test_no_form_has_a_score_or_an_amount():
    words = " ".join(f"{one.zh} {one.en}" for form in get_args(Form) for one in form_columns(form))
    assert not [word for word in ("评分", "概率", "元", "score", "yuan") if word in words.replace("单元", "")]


@pytest.mark.parametrize("changes", [{"form": "poster"}, {"kind": "picture"}, {"width": 0}, {"source": None}])
def test_an_entry_that_is_no_column_does_not_load(tmp_path, changes):
    with pytest.raises(ParamsError, match=r"monthly_forms.yaml entry 1:"):
        form_columns("statistics", spoilt(tmp_path, "monthly_forms.yaml", 0, **changes))
