"""What the register and the newest features say of a household."""

from datetime import date

import polars as pl
import pytest

from features.storage import write_features
from pipelines.workspace.homes_on_record import homes_on_record
from pipelines.workspace.workspace import HERE
from register.intake.ingest import Settings, ingest
from register.store import Register
from tests.deliveries import Given
from tests.households import household, village_tables

DAY, TODAY = date(2026, 1, 31), date(2026, 2, 10)
IDENTIFIED = {"occurred_on": date(2025, 11, 3), "event": "identified", "group": "marginal"}


@pytest.fixture
def county(office):
    """H1 is three people; H2 was identified in November and is monitored."""
    homes = [household("H1", income=90), household("H2", income=90, monitoring=[IDENTIFIED])]
    ingest(Given(village_tables(*homes)), HERE.register, Settings("folder", 0.0, None))
    register = Register(HERE.register)
    return register, register.counties[0]


def features(county, *rows):
    HERE.features.mkdir(parents=True, exist_ok=True)
    schema = {"household_id": pl.String(), "as_of_date": pl.Date(), "resources_over_line": pl.Float64()}
    write_features(HERE.features / f"{county}.parquet", pl.DataFrame(list(rows), schema=schema, orient="row"))


def test_who_lives_where_how_many_and_whether_monitored(county):
    register, name = county
    rows = homes_on_record(register, name, ["H1", "H2", "H9"], DAY, TODAY)
    assert rows["household_id"].to_list() == ["H1", "H2"]
    assert rows["is_monitored"].to_list() == [False, True]
    members = register.shard(name).view("members", DAY, TODAY)
    assert rows["people"].to_list() == [len(members.filter(household_id=one)) for one in ("H1", "H2")]
    assert rows["over_line"].to_list() == [None, None]
    assert (
        rows.select(pl.col("township_id", "village_id", "category").is_not_null().all()).row(0) == (True,) * 3
    )


def test_income_is_that_of_the_newest_features_not_after_the_day(county):
    register, name = county
    earlier, then, later = date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)
    features(
        name,
        ("H1", earlier, 1.9),
        ("H1", then, 0.8),
        ("H1", later, 3.0),
        ("H2", then, 1.2),
        ("H2", later, 0.1),
    )
    rows = homes_on_record(register, name, ["H1", "H2"], DAY, TODAY)
    assert rows["over_line"].to_list() == [0.8, 1.2]
