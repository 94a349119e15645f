"""A delivery is read on the machine's own day, by `huitou check` and by the ingest stage alike."""

import time
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from ruamel.yaml import YAML

from pipelines.stages.ingest import main as ingest
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, today
from tests.households import household, village_tables, write_folder


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch):
    """Stand where it is another day than in Greenwich: far east of it, or far west before noon."""
    monkeypatch.setenv("TZ", "Etc/GMT-14" if datetime.now(UTC).hour >= 10 else "Etc/GMT+12")
    time.tzset()
    assert today() != datetime.now(UTC).date()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def sent(office):
    """Wu's wages; of the last two, one is entered today and one tomorrow."""
    tables = village_tables(household("wu", income=900), villages=[{"region_id": "530000"}])
    from_the_end = pl.len() - 1 - pl.int_range(pl.len())
    entered = pl.when(from_the_end == 1).then(today()).when(from_the_end == 0).then(today() + timedelta(1))
    tables["income"] = tables["income"].with_columns(recorded_on=entered.otherwise("recorded_on"))
    return write_folder(office / "sent", tables)


def test_a_check_sets_aside_what_is_entered_tomorrow_and_nothing_of_today(huitou, sent, office):
    assert huitou("check", sent) == 0
    assert pl.read_csv(office / "artifacts/check/quarantine.csv")["row"].to_list() == [37]


def test_ingest_sets_aside_the_same_row(sent, office):
    yaml = YAML()
    params = yaml.load(office / "params.yaml")
    params["source"] |= {"kind": "folder", "path": str(sent)}
    params["ingest"] |= {"delivered_on": "today"}
    yaml.dump(params, office / "params.yaml")
    ingest(HERE, load_params())
    assert pl.read_parquet(office / "artifacts/register/quarantine.parquet")["row"].to_list() == [37]
