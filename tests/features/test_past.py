from datetime import date

import polars as pl
import pytest

from features.declaration import declared_features
from features.evidence import table_view
from features.order import at
from features.past import Past
from register.tables import TABLES
from tests.features.stories import CHILD, DAY, HEAD, HOUSEHOLD, people, shard
from tests.laws.registers import DATES, random_tables, shard_of

OVER = sorted({one.over for one in declared_features()} & {*TABLES})
EVERYTHING = {name: {"age", "is_active", "is_current", "rural_income"} for name in OVER}


@pytest.fixture(scope="module", params=range(3))
def past(request):
    return Past.of(shard_of(random_tables(request.param, households=12)), DATES, 12, EVERYTHING)


@pytest.mark.parametrize("name", OVER)
def test_an_owners_records_at_a_date_lie_together_by_event(past, name):
    view, owner = past.view(name, DATES), at(TABLES[name])
    assert view[owner].rle().len() == view[owner].n_unique()
    whose_and_when = view.select(owner, TABLES[name].event)
    assert whose_and_when.sort(owner, maintain_order=True).equals(whose_and_when.sort(pl.all()))


@pytest.mark.parametrize("name", OVER)
def test_dates_seen_together_show_what_each_shows_alone(past, name):
    owner = at(TABLES[name])
    alone = pl.concat([past.view(name, [day]) for day in DATES]).sort(owner, maintain_order=True)
    assert past.view(name, DATES).sort(owner, maintain_order=True).equals(alone)


def test_whoever_is_asked_about_is_in_the_spine_once_a_date(past):
    owners = past.owners(TABLES["shocks"], DATES[:2])
    assert owners["household_at"].n_unique() == len(owners)
    assert len(owners) == len(past.spine.filter(pl.col("as_of_date").is_in(DATES[:2])))


def test_a_job_that_came_along_stands_among_the_heirs_own_by_its_day():
    """The son worked from January and married into n in July, where the bride works since March."""
    son = {"member_id": "son", "birth_date": date(2000, 1, 1)}
    bride = {"member_id": "bride", "birth_date": date(2001, 1, 1), "household_id": "n"}
    moved = people(HEAD, CHILD, son, bride, son | {"household_id": "n", "valid_from": date(2025, 7, 1)})
    jobs = [
        {"member_id": "bride", "household_id": "n", "started_on": date(2025, 3, 1), "activity": "employee"},
        {"member_id": "son", "started_on": date(2025, 1, 1), "activity": "employee"},
    ]
    homes = [HOUSEHOLD, HOUSEHOLD | {"household_id": "n"}]
    county = shard(households=homes, members=moved, employment=jobs)
    view = table_view(county, TABLES["employment"], DAY, 12, {"age"})
    assert view.select("household_id", "member_id", "age").rows() == [
        ("h", "son", None),
        ("n", "son", 25),
        ("n", "bride", 24),
    ]
