"""Some features again, record by record in plain Python, sharing no code with the engine."""

import math
from collections.abc import Iterator
from datetime import date

from register.tables import TABLES
from tests.laws.registers import Tables

Record = dict[str, object]
WAGE = {"wage", "public_post"}
DISASTERS = {"flood", "geological", "drought", "pest", "meteorological", "earthquake", "other_disaster"}


def line_on(day: date) -> float:
    return 500.0 if day < date(2022, 1, 1) else 550.0


class Oracle:
    """What the six features are, by the definition an officer would read."""

    def __init__(self, tables: Tables, dates: tuple[date, ...]) -> None:
        self.rows = {name: frame.to_dicts() for name, frame in tables.items()}
        self.dates = dates

    def known(self, name: str, day: date) -> list[Record]:
        table, versions = TABLES[name], {}
        for row in sorted(self.rows[name], key=lambda one: one["recorded_on"]):
            if row["recorded_on"] <= day:
                versions[tuple(row[key] for key in table.key)] = row
        seen = [row for row in versions.values() if row[table.event] <= day]
        if not table.entity:
            return seen
        states = {}
        for row in sorted(seen, key=lambda one: one[table.event]):
            states[tuple(row[key] for key in table.entity)] = row
        return [row for row in states.values() if not row.get("valid_to") or row["valid_to"] > day]

    def of(self, name: str, home: str, day: date, months: int = 10**6) -> Iterator[Record]:
        for row in self.known(name, day):
            event = row[TABLES[name].event]
            ago = (day.year - event.year) * 12 + day.month - event.month
            if row["household_id"] == home and ago < months:
                yield row

    def equivalents(self, home: str, day: date) -> float:
        """NaN where nobody is left: what cannot be divided is not known."""
        return sum(row["equivalents"] for row in self.of("members", home, day)) or math.nan

    def own_payment_over_needs_12m(self, home: str, day: date) -> float | None:
        if not any(True for _ in self.of("health", home, day)):
            return None
        year = 12 * self.equivalents(home, day)
        return sum(
            (row["own_payment"] or 0) / (line_on(row["occurred_on"]) * year)
            for row in self.of("health", home, day, 12)
            if row["kind"] in {"inpatient", "outpatient"}
        )

    def wage_income(self, home: str, day: date) -> float | None:
        if not any(True for _ in self.of("income", home, day, 24)):
            return None
        year = 12 * self.equivalents(home, day)
        return sum(
            row["amount"] / (line_on(row["occurred_on"]) * year)
            for row in self.of("income", home, day, 12)
            if row["source"] in WAGE
        )

    def n_workers(self, home: str, day: date) -> float | None:
        spells = list(self.of("employment", home, day))
        is_open = [row["ended_on"] is None or row["ended_on"] > day for row in spells]
        working = [row["activity"] != "seeking" for row in spells]
        return sum(a and b for a, b in zip(is_open, working, strict=True)) if spells else None

    def n_disasters_12m(self, home: str, day: date) -> float | None:
        if not any(True for _ in self.of("shocks", home, day)):
            return None
        return sum(row["kind"] in DISASTERS for row in self.of("shocks", home, day, 12))

    def has_dangerous_house(self, home: str, day: date) -> float | None:
        graded = [row for row in self.of("housing", home, day) if row["grade"]]
        if not graded:
            return None
        return float(max(graded, key=lambda row: row["occurred_on"])["grade"] in {"C", "D"})

    def resources_over_line(self, home: str, day: date) -> float | None:
        rows = list(self.of("income", home, day, 12))
        if not rows:
            return None
        cash = sum(-row["amount"] if row["source"] == "business_cost" else row["amount"] for row in rows)
        cash -= sum(row["own_payment"] or 0 for row in self.of("health", home, day, 12))
        return cash / (12 * self.equivalents(home, day) * line_on(day))

    def lives_in(self, day: date) -> dict[str, str]:
        return {row["household_id"]: row["village_id"] for row in self.known("households", day)}

    def n_past_falls(self, home: str, day: date) -> float | None:
        before = [one for one in self.dates if one < day and home in self.lives_in(one)]
        read = [value for one in before if (value := self.resources_over_line(home, one)) is not None]
        read = [value for value in read if not math.isnan(value)]
        return sum(value < 1 for value in read) if read else None

    def neighbours_resources(self, home: str, day: date) -> float | None:
        places = self.lives_in(day)
        near = [one for one in places if places[one] == places[home] and one != home]
        read = [value for one in near if (value := self.resources_over_line(one, day)) is not None]
        read = [value for value in read if not math.isnan(value)]
        return sum(read) / len(read) if read else None
