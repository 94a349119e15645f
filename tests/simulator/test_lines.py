"""The lines of an office elsewhere are a delivery's lines: read, and in the money of its incomes."""

from datetime import date

import polars as pl

from register.sources.delivery import Sheet
from register.sources.lines import delivered_lines
from simulator.lines import line_rows
from tests.parameters import parameters

KENYA = {"region": "KE-30", "currency": "KES", "amounts_over_yuan": 18.0}
OFFICE = parameters({f"simulator.office.{name}": value for name, value in KENYA.items()}).simulator.office


def test_what_is_written_is_read_back_in_its_currency():
    rows = line_rows(OFFICE).cast(pl.String)
    lines = delivered_lines("lines.csv", Sheet(rows, range(2, len(rows) + 2)))
    last = lines.filter(region_id="KE-30").row(-1, named=True)
    assert (last["effective_from"], last["currency"]) == (date(2025, 1, 1), "KES")
    assert last["line_per_month"] * 12 == 18 * 8700
    assert last["origin"] == "delivered: simulated: 18 times the line of 530000"


def test_the_default_office_brings_none_as_its_line_is_cited():
    assert OFFICE.brings_lines
    assert not parameters().simulator.office.brings_lines
