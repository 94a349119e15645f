"""However a delivery is cut, ordered and repeated, the register holds the same bytes."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.ingest import Settings, ingest
from register.sources.delivery import RawTable
from tests.households import household, lines_of, village_tables

HOMES = village_tables(
    household(
        "wang", members=2, income=200, monitoring=[{"occurred_on": "2025-02-01", "event": "identified"}]
    ),
    household("li", income=90, land=[{"occurred_on": "2024-05-01", "arable_mu": 2.5}]),
)


class Files:
    """A source whose one county comes in these files."""

    def __init__(self, files):
        self._files = files

    def counties(self):
        return ["C1"]

    def tables(self, county_id):  # noqa: ARG002 - there is only one
        yield from self._files

    def lines(self):
        return lines_of()


def register_of(files, root):
    ledger = ingest(Files(files), root, Settings("folder", 0.0, None))
    whole = ledger["accepted"] + ledger["quarantined"] + ledger["duplicates"]
    assert whole.to_list() == ledger["rows_in"].to_list()
    return {path.name: path.read_bytes() for path in sorted((root / "C1").iterdir())}


def whole_files():
    return [RawTable(name, f"C1/{name}.csv", frame.cast(pl.String)) for name, frame in HOMES.items()]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return register_of(whole_files(), tmp_path_factory.mktemp("whole") / "register")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), cut=st.integers(0, 40), repeated=st.booleans(), data=st.data())
def test_order_of_rows_and_files_cuts_and_repeats_make_no_difference(
    tmp_path, expected, seed, cut, repeated, data
):
    files = []
    for raw in whole_files():
        mixed = raw.frame.sample(fraction=1, shuffle=True, seed=seed)
        files += [
            RawTable(raw.name, f"C1/{raw.name}_1.csv", mixed.head(cut)),
            RawTable(raw.name, f"C1/{raw.name}_2.csv", mixed.slice(cut)),
        ]
        if repeated:
            files.append(RawTable(raw.name, f"C1/copy_of_{raw.name}.csv", raw.frame))
    assert register_of(data.draw(st.permutations(files)), tmp_path / "cut") == expected
