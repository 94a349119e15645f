"""Tables of progress: each ends with the sum, and says of what place a row is."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.ledgers import ledger, ledgers, listed
from watchlists.ledger.progress import COUNTS, LEVELS
from watchlists.ledger.progress_tables import BELOW, table_of, tables_of
from watchlists.ledger.tasks import NOTHING_BACK


@given(ledgers(), st.sampled_from(sorted(LEVELS)))
def test_the_last_row_of_every_table_is_the_sum_of_the_others(rows, level):
    *places, total = table_of(rows, level, "zh").rows
    assert total["place"] == "合计"
    assert {name: sum(row[name] for row in places) for name in COUNTS} == {
        name: total[name] for name in COUNTS
    }
    assert total["listed"] == len(rows)


def places(tasks, level, **settings):
    return [row["place"] for row in table_of(tasks, level, "zh", **settings).rows]


def test_a_village_goes_by_its_township_and_name_and_by_its_id_where_it_has_none():
    rows = [listed("H1"), {**listed("H2", village="V2"), "village_name": None}]
    assert places(ledger(rows, NOTHING_BACK), "village") == ["T1 V1村", "T1 V2", "合计"]


def test_a_village_that_is_its_own_township_is_named_once():
    row = {**listed(township="panel", village="panel"), "village_name": None}
    assert places(ledger([row], NOTHING_BACK), "village") == ["panel", "合计"]


def test_a_person_goes_by_name_by_what_they_are_called_here_or_is_nobody():
    tasks = ledger([listed("H1"), listed("H2", rank=2)], NOTHING_BACK).with_columns(
        pl.Series("responsible", ["张三", None])
    )
    assert places(tasks, "person") == ["张三", "未指定", "合计"]
    assert places(tasks, "person", called={"张三": "第2行 row 2"})[0] == "第2行 row 2"


def test_a_county_without_anybody_named_has_no_table_of_people():
    tasks = ledger([listed()], NOTHING_BACK)
    assert [one.level for one in tables_of(tasks, "zh")] == ["township", "village"]


def test_below_every_place_something_is_counted():
    assert set(BELOW.values()) == set(LEVELS)
