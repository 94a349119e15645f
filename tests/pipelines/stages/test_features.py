from datetime import date

import polars as pl
import pytest

from features.engine import SPINE
from pipelines.stages.features import main
from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet
from register.errors import SeasonError
from register.store import seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.parameters import parameters


@pytest.fixture
def workspace(tmp_path):
    """A register of two counties whose records all come before 2024."""
    made = Workspace(tmp_path)
    root = made.register
    for seed, county in enumerate(("c1", "c2")):
        write_register_shard(root, county, random_tables(seed, households=6))
    write_lines(root, LINES)
    seal(root, {})
    return made


def build(workspace, season, first_season="2022Q3"):
    changes = {"season": season, "features.first_season": first_season, "compute.threads": 1}
    main(workspace, parameters(changes))


def test_every_county_gets_its_features_at_every_season_end(workspace):
    build(workspace, "2022Q4")
    built = [read_parquet(workspace.features / f"{county}.parquet") for county in ("c1", "c2")]
    for frame in built:
        assert set(frame["as_of_date"]) == {date(2022, 9, 30), date(2022, 12, 31)}
        assert frame.columns[:4] == list(SPINE)
        assert frame.schema["category"] == pl.String


def test_a_second_run_writes_the_same_bytes(workspace):
    build(workspace, "2022Q4")
    first = (workspace.features / "c1.parquet").read_bytes()
    build(workspace, "2022Q4")
    assert (workspace.features / "c1.parquet").read_bytes() == first


def test_a_season_without_data_is_refused_and_the_last_with_data_named(workspace):
    with pytest.raises(SeasonError) as refused:
        build(workspace, "2030Q1")
    assert str(refused.value) == (
        "season: the register has no income reading for 2030Q1, the last with data is 2024Q1; "
        "set season to one with data or ingest newer records"
    )
    assert not workspace.features.exists()


def test_a_register_without_any_reading_says_so(workspace):
    with pytest.raises(SeasonError) as refused:
        build(workspace, "2031Q1", first_season="2030Q4")
    assert str(refused.value) == (
        "season: the register has no income reading for 2031Q1, no season before it has any; "
        "set season to one with data or ingest newer records"
    )


def test_a_season_before_the_first_is_refused(workspace):
    with pytest.raises(SeasonError) as refused:
        build(workspace, "2022Q1")
    assert str(refused.value) == (
        "season: found 2022Q1, allowed is 2022Q3 (features.first_season) or later; mend one of them"
    )
