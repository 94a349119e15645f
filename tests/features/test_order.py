from datetime import date

import polars as pl
import pytest

from features.lineage import FOLLOWED
from features.order import IDS, numbered, ordered, owner_of
from register.shard import LINES_SCHEMA, Shard
from register.tables import TABLES
from tests.features.stories import VILLAGE, frame
from tests.laws.registers import random_tables, shard_of

#: A line from 2020 that ended with 2021; another from 2023.
LINES = pl.DataFrame(
    [
        ("530000", date(2020, 1, 1), date(2022, 1, 1), 500.0, "CNY", "story"),
        ("530000", date(2023, 1, 1), None, 600.0, "CNY", "story"),
    ],
    schema=LINES_SCHEMA,
    orient="row",
)


def test_numbered_ids_print_and_sort_as_before():
    county = shard_of(random_tables(1))
    for name, table in numbered(county).tables.items():
        ids = [one for line in IDS for one in line if one in table.columns]
        assert table.with_columns(pl.col(ids).cast(pl.String)).equals(county.tables[name])
        for one in ids:
            assert table[one].sort().cast(pl.String).equals(county.tables[name][one].sort())


@pytest.mark.parametrize("name", TABLES)
def test_records_lie_by_owner_and_event_whatever_order_they_came_in(name):
    tables = random_tables(2)
    turned = tables | {name: tables[name].reverse()}
    one, other = (ordered(TABLES[name], shard_of(each)) for each in (tables, turned))
    said = [owner_of(TABLES[name]), *TABLES[name].usable("text", "date", "money", "number", "code")]
    assert one.select(said).equals(other.select(said))
    whose_and_when = one.select(said[0], TABLES[name].event)
    assert whose_and_when.equals(whose_and_when.sort(pl.all()))


@pytest.mark.parametrize("name", FOLLOWED)
def test_what_others_may_inherit_is_counted_by_event_over_all_households(name):
    numbers = ordered(TABLES[name], shard_of(random_tables(2))).sort("order")
    assert numbers["order"].to_list() == list(range(len(numbers)))
    assert numbers[TABLES[name].event].is_sorted()


def test_money_has_the_line_of_its_own_day_and_none_where_none_was_in_force():
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2023, 1, 1)]
    paid = [{"source": "wage", "amount": 1.0, "occurred_on": day} for day in days]
    county = Shard.of({"villages": frame("villages", [VILLAGE]), "income": frame("income", paid)}, LINES)
    assert ordered(TABLES["income"], county)["line_then"].to_list() == [None, 500, 500, None, 600]
