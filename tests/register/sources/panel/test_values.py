"""A number is a number, a code is listed; what is neither is refused without a household's own value."""

import polars as pl
import pytest

from register.errors import ContractError
from register.sources.mapping_cell import Cell
from register.sources.panel.values import number, text


def cell(content):
    return Cell.model_validate(content)


FRAME = pl.DataFrame({"a": ["1.5", None, "-9"], "b": ["1e3", None, "2"], "sex": ["Male", "FEMALE", "3.0"]})


def test_columns_are_added_and_a_gap_counts_nothing_beside_a_value():
    added = cell({"add": ["a", "b"], "factor": "1/2", "missing": [-9]})
    assert number("f", "amount", added, FRAME).to_list() == [500.75, None, 1.0]


def test_a_label_among_numbers_is_one_by_its_code():
    sizes = pl.DataFrame({"n": ["3", "10 or more", None]})
    coded = cell({"from": "n", "codes": {"10 or more": "11"}, "factor": 2})
    assert number("f", "size", coded, sizes).to_list() == [6.0, 22.0, None]


def test_a_code_is_listed_whatever_its_capitals_and_the_rest_by_a_star():
    listed = cell({"from": "sex", "codes": {"male": "male", "Female": "female", "*": None}})
    assert text("f", "members.sex", listed, FRAME).to_list() == ["male", "female", None]
    numbered = cell({"from": "sex", "codes": {"3": "male", "*": "female"}})
    assert text("f", "members.sex", numbered, FRAME).to_list() == ["male", "female", "male"]


def test_a_text_among_numbers_is_refused_and_told_only_where_many_share_it():
    many = pl.DataFrame({"a": ["refused"] * 8 + ["about 70"]})
    with pytest.raises(ContractError) as refused:
        number("f.csv", "amount.other", cell("a"), many)
    assert str(refused.value) == (
        "f.csv: amount.other, column a: 9 cells are no plain number, such as ['refused']; list what stands "
        "for no answer under no_answer, or clean the column"
    )


def test_a_code_that_is_not_listed_is_refused():
    with pytest.raises(ContractError) as refused:
        text("f.csv", "members.sex", cell({"from": "sex", "codes": {"Male": "male"}}), FRAME)
    assert str(refused.value) == (
        "f.csv: members.sex, column sex: 2 cells are not among its codes; list them (a labelled code by its "
        "label), or write '*' for all others"
    )
