"""Who knows the system that numbers its households in tens signs for it; lost digits nobody signs back."""

import polars as pl
import pytest

from register.cells.typed_cells import CELL_KINDS, LOST_DIGITS
from register.intake.casting import cast
from register.intake.overruling import overrule
from register.quarantine import Finding
from register.sources.delivery import RawTable
from register.tables import TABLES

#: An office that numbers in tens, 16 digits each.
TENS = ["5306221980010110", "5306221980010120"]


def table(ids=TENS, kind=None, findings=()):
    """Two wages of two households."""
    row = {"occurred_on": "2024-01-31", "source": "wage", "amount": "120", "recorded_on": "2024-02-03"}
    frame = pl.DataFrame([{"household_id": one, **row} for one in ids])
    kinds = None if kind is None else pl.DataFrame({"household_id": pl.Series([kind] * 2, dtype=CELL_KINDS)})
    return RawTable("income", "C1/income.csv", frame, findings=findings, kinds=kinds)


def lost(kind="number"):
    rows = pl.Series([True, True])
    return table(kind=kind, findings=(Finding(rows, "household_id", *LOST_DIGITS),))


@pytest.mark.parametrize("raw", [table(), table(kind="number"), lost()], ids=["csv", "number", "workbook"])
def test_signed_ids_go_in_as_they_stand_and_what_was_doubted_is_kept(raw):
    before, after = (cast(raw, TABLES["income"], unrounded=signed) for signed in ((), ("household_id",)))
    assert before.reasons["row"].to_list() == [2, 3]
    assert before.overruled.is_empty()
    assert after.reasons.is_empty()
    assert after.frame["household_id"].to_list() == TENS
    assert after.overruled.select("file", "row", "column").rows() == [
        ("C1/income.csv", 2, "household_id"),
        ("C1/income.csv", 3, "household_id"),
    ]


def test_digits_that_a_power_has_eaten_stay_refused():
    done = cast(table(["5.30622E+17", TENS[0]]), TABLES["income"], unrounded=["household_id"])
    assert done.reasons["row"].to_list() == [2]
    assert done.overruled["row"].to_list() == [3]


def test_a_column_that_is_not_there_or_was_never_doubted_is_passed_over():
    raw = table(kind="text")
    assert overrule(raw, ["member_id", "household_id"]) == (raw, [])
