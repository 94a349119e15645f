"""Features of drawn households do not move with the future; planted ones that do are named."""

from datetime import date

import pytest

from features.declaration import declared_features
from models.registry.scrambled_future import scrambled_future
from tests.laws.registers import DATES, random_tables, shard_of
from tests.laws.test_planted_leaks import LEAKS, heard_of_late, planted
from tests.parameters import parameters


def scrambled(tables, features=None, day=DATES[1], households=100):
    settings = parameters({"promotion.canaries.households": households}).promotion.canaries
    return scrambled_future(shard_of(tables), DATES, day, 12, settings, features)


def test_no_declared_feature_moves():
    found = scrambled(random_tables(3))
    assert found.passed
    assert found.found.startswith("nothing changed; 6 households, ")


@pytest.mark.parametrize("leak", LEAKS)
def test_a_feature_that_looks_ahead_is_caught(leak):
    registers = [heard_of_late(random_tables(seed)) for seed in range(8)]
    assert any(scrambled(tables, [planted(*LEAKS[leak])]).is_leak for tables in registers)


def test_among_all_features_the_one_that_looks_ahead_is_named():
    looks_ahead = planted(*LEAKS["read from the next date"])
    found = scrambled(random_tables(3), [*declared_features(), looks_ahead])
    assert found.is_leak
    assert found.found.startswith("planted changed; ")


def test_a_drawn_share_is_whole_villages():
    found = scrambled(random_tables(3), households=2)
    assert found.passed
    assert not found.found.startswith("nothing changed; 6 ")


def test_a_future_without_records_proves_nothing():
    found = scrambled(random_tables(3), day=date(2100, 12, 31))
    assert (found.passed, found.is_leak) == (False, False)
