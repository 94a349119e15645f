"""What DVC would refuse in its own words is refused in ours, before anything runs."""

import pytest

from pipelines.commands.run import refuse_unready
from register.errors import ParamsError, SourceError, StoreError
from tests.parameters import parameters


def refusal_of(error, table="capacity.csv", **source):
    changes = {"privacy.pseudonymise": False, "watchlist.capacity.table": table}
    params = parameters({**changes, **{f"source.{name}": value for name, value in source.items()}})
    with pytest.raises(error) as refusal:
        refuse_unready(params)
    return str(refusal.value)


def test_a_source_that_is_not_there_is_refused_by_its_kind(tmp_path):
    assert refusal_of(SourceError, kind="folder", path=f"{tmp_path}/x") == (
        f"{tmp_path}/x: no such folder; set source.path to the folder that holds the data"
    )
    assert refusal_of(SourceError, kind="sql", path=f"{tmp_path}/x") == (
        f"{tmp_path}/x: no such file; set source.path to the file that holds the database's URL"
    )


def test_a_table_of_visits_that_is_not_there_is_refused():
    assert refusal_of(ParamsError, kind="simulator", table="none.csv") == (
        "none.csv: not found; set watchlist.capacity.table to a CSV file place_id,visits"
    )


def test_a_disk_without_room_is_refused_before_anything_runs():
    """Halfway through it would stop as well, with hours gone."""
    with pytest.raises(StoreError, match=r"disk: found [0-9.]+ GiB free, a run needs 1000000000.0 GiB"):
        refuse_unready(parameters({"privacy.pseudonymise": False, "compute.free_disk": 10**9}))
