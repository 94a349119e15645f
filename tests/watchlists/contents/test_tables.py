"""Tables are of the columns that the rooms name, each with its type, its meaning and whom it tells of."""

import pytest

from models.evaluation.board import SCHEMA
from watchlists.assembly import LISTED, SCORES
from watchlists.contents.tables import IN_FILES, tables
from watchlists.household.page import PAGE
from watchlists.ledger.tasks import TASKS
from watchlists.reasons.evidence_shape import EVIDENCE_FIELDS, EXPLAINED, TRIAL_FIELDS
from watchlists.visits.change import LEFT_SCHEMA
from watchlists.visits.season_visits import SEASON_VISITS


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("left", LEFT_SCHEMA),
        ("tasks", TASKS),
        ("figures", SCHEMA),
        ("evidence", EVIDENCE_FIELDS),
        ("trials", TRIAL_FIELDS),
        ("explanations", {one: kind for one, kind in EXPLAINED.items() if one not in ("evidence", "trials")}),
        ("listed", {**PAGE, **{one: SEASON_VISITS[one] for one in ("last_visit_on", "visit_result")}}),
    ],
)
def test_types_are_those_of_the_room_that_writes(name, schema):
    declared = tables()[name].schema
    assert {one: declared[one] for one in schema} == dict(schema)


def test_columns_are_those_of_the_room_that_writes():
    assert (tuple(tables()["listed"].schema), tuple(tables()["scores"].schema)) == (LISTED, SCORES)


@pytest.mark.parametrize("table", tables().values(), ids=lambda one: one.name)
def test_every_column_says_what_it_means_in_both_languages_and_numbers_of_households_are_somebodys(table):
    assert [one.name for one in table.columns if not (one.zh and one.en)] == []
    if "household_id" in table.schema:
        assert table.schema.keys() >= {*table.key}
        assert {one.privacy for one in table.columns if one.name in ("household_id", "risk")} == {"personal"}
        assert ("household_id",) in table.indexes


def test_every_file_holds_one_table():
    assert sorted(one.file for one in tables().values() if one.file) == sorted(IN_FILES)
