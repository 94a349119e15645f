"""Incomes: by source where a form tells them, else a household's total, brought to the months compared."""

import pytest

from register.proposal.amounts import incomes, is_consumption
from register.proposal.files import Filled, ProposedFile
from tests.register.proposal.test_columns import columns_of


@pytest.mark.parametrize(
    ("header", "months", "cell"),
    [
        ("consumption_weekly", 1, {"from": "consumption_weekly", "factor": "52/12"}),
        ("consumption_weekly", 3, {"from": "consumption_weekly", "factor": 13}),
        ("annual_income", 1, {"from": "annual_income", "factor": "1/12"}),
        ("annual_income", 3, {"from": "annual_income", "factor": "1/4"}),
        ("monthly_income", 1, "monthly_income"),
        ("income", 3, {"from": "income", "factor": 3}),
    ],
)
def test_an_amount_is_brought_to_the_months_that_are_compared(header, months, cell):
    (record,) = incomes(columns_of(**{header: [100, 200]}), months)
    assert record.columns["amount"].cell == cell
    assert record.columns["source"].cell == {"constant": "other"}
    assert f"brought to {months} month(s)" in record.columns["amount"].en


def test_another_amount_of_the_table_may_say_the_period():
    (record,) = incomes(columns_of(TOT_consumption=[1, 2], consump_weekly_durab=[1, 2]), 1)
    assert record.columns["amount"].cell == {"from": "TOT_consumption", "factor": "52/12"}


def test_a_long_form_says_the_source_of_every_amount():
    (record,) = incomes(columns_of(来源=["种植收入", "wage"], 金额=[1, 2]), 1)
    assert record.columns["amount"].cell == "金额"
    assert record.columns["source"].cell["codes"] == {"wage": "wage", "种植收入": "crop"}


def test_a_wide_form_has_a_column_a_source():
    (record,) = incomes(columns_of(wage=[1], Pension=[2], other=[3]), 1)
    assert {name: one.cell for name, one in record.by_source.items()} == {
        "wage": "wage",
        "pension": "Pension",
        "other": "other",
    }


def test_without_an_amount_there_is_no_income():
    assert [*incomes(columns_of(hhid=[1]), 1)] == []


@pytest.mark.parametrize(
    ("header", "is_used_up"),
    [("TOT_consumption", True), ("expenditure_monthly", True), ("消费支出", True), ("annual_income", False)],
)
def test_the_name_of_the_amount_says_whether_it_is_consumption(header, is_used_up):
    columns = columns_of(**{header: [100, 200]})
    records = tuple(incomes(columns, 1))
    file = ProposedFile(columns.look, "a.csv", Filled("county"), {}, (), records)
    assert records
    assert is_consumption([file]) == is_used_up
