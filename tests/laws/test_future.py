"""The first law: nothing that happens or becomes known after a date moves a feature at it.

CI tries a share of the campaign; `make laws` runs it whole (HUITOU_LAW_SEEDS registers).
"""

import os
from datetime import date

import pytest

from tests.laws.future import WAYS, changed_bits, tampered
from tests.laws.registers import DATES, random_tables

SEEDS = range(int(os.environ.get("HUITOU_LAW_SEEDS", "2")))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("day", DATES, ids=date.isoformat)
def test_no_bit_of_any_feature_depends_on_the_future(day, seed):
    tables = random_tables(seed)
    assert changed_bits(tables, day, WAYS, seed) == dict.fromkeys(WAYS, 0)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_tampering_changes_the_future_and_nothing_else(way):
    tables = random_tables(0)
    other = tampered(tables, DATES[1], way, 0)
    assert any(not other[name].equals(frame) for name, frame in tables.items())
    assert all(other[name].schema == frame.schema for name, frame in tables.items())
