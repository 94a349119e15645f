"""Leaks that are known from practice, planted one by one; the laws must catch each."""

from datetime import date, timedelta

import polars as pl
import pytest

from features.declaration import Feature
from register.resources import Resources
from register.shard import Shard
from register.tables import TABLES
from tests.laws.future import WAYS, changed_bits
from tests.laws.registers import DATES, frame_of, random_tables, shard_of
from tests.laws.test_feature_laws import forbidden

DAY = DATES[1]


def planted(over, expression):
    return Feature("planted", over, "income", "泄漏", "leak", "", "law", (None, None), 0, expression)


def caught(leak=None, make=shard_of, tables=None, ways=WAYS):
    """Name the ways of tampering under which the leak shows."""
    told = random_tables(1) if tables is None else tables
    plain = planted("income", lambda: pl.col("amount").sum())
    found = changed_bits(told, DAY, ways, 1, make, [leak or plain])
    return {way for way, bits in found.items() if bits}


class Unveiled(Shard):
    """Shows records whenever they were entered."""

    def known(self, name, as_of_date, known_on=None):
        return super().known(name, as_of_date, known_on or date.max)


class Ahead(Shard):
    """Looks one day too far."""

    def known(self, name, as_of_date, known_on=None):
        return super().known(name, as_of_date + timedelta(days=1), known_on)


class Survivors(Shard):
    """Shows only households that the register still tells of after the date."""

    @property
    def resources(self):
        alive = self.tables["income"].filter(pl.col("recorded_on") > DAY)
        homes = self.tables["households"].join(alive, on="household_id", how="semi")
        return Resources.of({**self.tables, "households": homes})


class KnownInTheEnd(Resources):
    """Reads resources as they were known in the end."""

    def at(self, day, months, known_on):
        return super().at(day, months, max(known_on, date.max))


class ReadInTheEnd(Shard):
    """Shows records as they were known, and reads resources as they were known in the end."""

    @property
    def resources(self):
        return KnownInTheEnd.of(self.tables)


def seen_through(kind):
    def make(tables):
        honest = shard_of(tables)
        return kind(honest.tables, honest.lines)

    return make


RESOURCES = pl.col("resources_over_line")
LEAKS = {
    "scaled by the largest value of all dates": ("history", lambda: RESOURCES / RESOURCES.max()),
    "ranked among all dates": ("history", lambda: RESOURCES.rank()),
    "filled from the next date": ("history", lambda: RESOURCES.backward_fill().over("household_id")),
    "read from the next date": ("history", lambda: RESOURCES.shift(-1).over("household_id")),
    "mean of the village over all dates": ("village", lambda: RESOURCES.mean().over("village_id")),
    "when a record was replaced": ("income", lambda: pl.col("replaced_on").is_not_null().sum()),
}


def heard_of_late(tables):
    """Leave no income of h1 that was known at the date."""
    unknown = (pl.col("household_id") != "h1") | (pl.col("recorded_on") > DAY)
    return tables | {"income": tables["income"].filter(unknown)}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_feature_that_looks_ahead_is_caught(leak):
    registers = [heard_of_late(random_tables(seed)) for seed in range(8)]
    assert any(caught(planted(*LEAKS[leak]), tables=tables, ways=["drop"]) for tables in registers)


def test_the_same_features_without_the_leak_are_not_caught():
    honest = ("history", lambda: RESOURCES.shift(1).over("household_id"))
    assert caught(planted(*honest)) == set()
    assert caught() == set()


# A delay is not seen by what never asks when a record became known.
def test_a_register_that_ignores_when_records_became_known_is_caught():
    assert caught(make=seen_through(Unveiled)) >= {"change", "drop", "drop-half", "add"}


def test_resources_that_are_read_as_they_were_known_in_the_end_are_caught():
    read = planted("history", lambda: RESOURCES)
    registers = [random_tables(seed) for seed in range(4)]
    assert any("drop" in caught(read, seen_through(ReadInTheEnd), tables) for tables in registers)
    assert not any(caught(read, tables=tables) for tables in registers)


def test_a_filter_that_keeps_who_is_still_told_of_later_is_caught():
    assert "drop" in caught(make=seen_through(Survivors))


def test_a_window_that_reaches_one_day_ahead_is_caught():
    tables = random_tables(1)
    paid = {"source": "wage", "amount": 1.0, "recorded_on": DAY, "occurred_on": DAY + timedelta(days=1)}
    tomorrow = frame_of(TABLES["income"], [paid | {"household_id": f"h{one}"} for one in range(6)])
    tables["income"] = pl.concat([tables["income"], tomorrow])
    assert "drop" in caught(make=seen_through(Ahead), tables=tables)


def test_a_feature_that_reads_a_label_is_caught():
    leak = planted("monitoring", lambda: (pl.col("main_cause") == "illness").any())
    assert forbidden(leak) == {"main_cause"}
