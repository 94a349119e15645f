import math
from datetime import date

import polars as pl

from features.derived import money, needs, spells, times
from register.tables import TABLES

DAY = date(2025, 12, 31)


def _made(expressions, **columns):
    return pl.DataFrame([columns]).select(**expressions).row(0, named=True)


def test_only_money_of_households_is_measured_by_needs():
    assert (money(TABLES["income"]), list(money(TABLES["villages"]))) == (["amount"], [])


def test_an_amount_is_a_share_of_the_needs_of_the_window_and_of_a_year():
    """Two people under a line of 500 a month need 1,000 a month."""
    made = _made(needs(TABLES["income"], 3), amount=6_000.0, line_then=500.0, equivalents=2.0)
    assert made == {"amount_needs": 2.0, "amount_of_year": 0.5}


def test_without_a_line_or_needs_a_share_is_no_number():
    for line, equivalents in ((None, 2.0), (500.0, 0.0), (500.0, None)):
        columns = {"amount": 1.0, "line_then": line, "equivalents": equivalents}
        row = pl.DataFrame([columns], schema=dict.fromkeys(columns, pl.Float64))
        assert all(math.isnan(one) for one in row.select(**needs(TABLES["income"], 12)).row(0))


def test_a_spell_is_open_until_the_day_it_ends():
    said = [
        _made(spells(TABLES["employment"]), ended_on=ended, as_of_date=DAY)
        for ended in (date(2025, 12, 31), date(2026, 1, 1), date(2025, 9, 1))
    ]
    assert [tuple(one.values()) for one in said] == [(False, 0, None), (True, None, 1), (False, 3, None)]
    assert spells(TABLES["income"]) == {}


def test_what_is_current_and_the_rural_income_go_by_the_date():
    made = _made(times(12, {DAY: 20_000.0}), months_ago=12, as_of_date=DAY)
    assert made == {"is_current": False, "rural_income": 20_000.0}
    assert _made(times(13, {DAY: None}), months_ago=12, as_of_date=DAY)["rural_income"] is None
