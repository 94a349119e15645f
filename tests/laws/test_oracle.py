"""The engine against a slow reading of the same declarations, record by record."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.declaration import declared_features
from features.engine import build_features
from tests.features.oracle import Oracle
from tests.features.oracle_passes import PASSES
from tests.features.oracle_tables import OVER
from tests.laws.registers import DATES, random_tables, shard_of

#: What the oracle tells; every feature of the project.
TOLD = {name for tellers in (*OVER.values(), *PASSES) for name in tellers} | {"resources_over_line"}


def test_the_oracle_tells_all_features():
    assert len(TOLD) == 183
    assert {one.name for one in declared_features()} >= TOLD


def _agrees(value, told):
    if told is None or value is None:
        return value is None and told is None
    if isinstance(told, int):
        return value == told
    return value == pytest.approx(told, rel=1e-9, abs=1e-12)


@given(
    seed=st.integers(0, 2**32),
    households=st.integers(1, 7),
    months=st.sampled_from([1, 12]),
)
@settings(max_examples=15, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_feature_agrees_with_the_oracle(seed, households, months):
    tables = random_tables(seed, households=households)
    told = Oracle(tables, DATES, months).features()
    built = {
        (row["household_id"], row["as_of_date"]): row
        for row in build_features(shard_of(tables), DATES, months).to_dicts()
    }
    assert built.keys() == told.keys()
    assert {
        (name, *place): (built[place][name], values[name])
        for place, values in told.items()
        for name in TOLD
        if not _agrees(built[place][name], values[name])
    } == {}
