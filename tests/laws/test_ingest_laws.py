"""However a delivery is cut, ordered and repeated, the register holds the same bytes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.intake.ingest import Settings, ingest
from tests.deliveries import Given, raw_of
from tests.households import household, village_tables

HOMES = village_tables(
    household(
        "wang", members=2, income=200, monitoring=[{"occurred_on": "2025-02-01", "event": "identified"}]
    ),
    household("li", income=90, land=[{"occurred_on": "2024-05-01", "arable_mu": 2.5}]),
)


def register_of(files, root):
    ledger = ingest(Given({}, *files), root, Settings("folder", 0.0, None))
    whole = ledger["accepted"] + ledger["quarantined"] + ledger["duplicates"]
    assert whole.to_list() == ledger["rows_in"].to_list()
    return {path.name: path.read_bytes() for path in sorted((root / "C1").iterdir())}


def whole_files():
    return [raw_of(name, f"C1/{name}.csv", frame) for name, frame in HOMES.items()]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return register_of(whole_files(), tmp_path_factory.mktemp("whole") / "register")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), cut=st.integers(0, 40), repeated=st.booleans(), data=st.data())
def test_order_of_rows_and_files_cuts_and_repeats_make_no_difference(
    tmp_path, expected, seed, cut, repeated, data
):
    files = []
    for raw in whole_files():
        mixed = raw.frame.sample(fraction=1, shuffle=True, seed=seed)
        files += [
            raw_of(raw.name, f"C1/{raw.name}_1.csv", mixed.head(cut)),
            raw_of(raw.name, f"C1/{raw.name}_2.csv", mixed.slice(cut)),
        ]
        if repeated:
            files.append(raw_of(raw.name, f"C1/copy_of_{raw.name}.csv", raw.frame))
    assert register_of(data.draw(st.permutations(files)), tmp_path / "cut") == expected
