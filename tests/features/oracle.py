"""All features again, record by record in plain Python, sharing no code with the engine.

`Oracle` reads the register as an officer would: what was known of a household at a date.
The definitions stand in `oracle_tables` and `oracle_passes`.
"""

import math
from datetime import date
from functools import cache

from register.reference import rural_income
from register.tables import TABLES
from tests.features.oracle_passes import COUNTY, HISTORY, HOUSEHOLD, TOWNSHIP, VILLAGE
from tests.features.oracle_tables import EVENTS, OVER, YEARS, most
from tests.laws.registers import Tables

Row = dict[str, object]
Values = dict[str, float | None]
OF_PERSONS, OF_FAMILIES = {"employment", "health", "schooling"}, {"shocks", "relocation", "monitoring"}


def line_on(day: date) -> float:
    return 500.0 if day < date(2022, 1, 1) else 550.0


def months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _last_if_missing(row: Row, columns: list[str], name: str) -> tuple:
    codes = TABLES[name].by_name
    contents = [(c, row[c]) for c in columns]
    return tuple(
        (v is None, codes[c].codes.index(v) if v is not None and codes[c].codes else v or 0)
        for c, v in contents
        if not isinstance(v, date)
    )


class Oracle:
    """What every feature is at every date, by the definition an officer would read."""

    def __init__(self, tables: Tables, dates: tuple[date, ...], resources_months: int) -> None:
        self.rows = {name: frame.to_dicts() for name, frame in tables.items()}
        self.dates, self.resources_months = dates, resources_months
        self.known, self.states = cache(self._known), cache(self._states)
        self.over_tables = cache(self._over_tables)

    def features(self) -> dict[tuple[str, date], Values]:
        """Map each household and date to its values."""
        homes = {day: sorted(self.lives_in(day)) for day in self.dates}
        values_of = {(home, day): self.over_tables(home, day) for day in self.dates for home in homes[day]}
        for (home, day), values in values_of.items():
            before = [values_of[home, one] for one in self.dates if one < day and (home, one) in values_of]
            values.update((name, tell(values, before)) for name, tell in HISTORY.items())
        for place, tellers in (("village_id", VILLAGE), ("township_id", TOWNSHIP), ("county_id", COUNTY)):
            for (_, day), values in values_of.items():
                others = [
                    other
                    for (_, that_day), other in values_of.items()
                    if other is not values and that_day == day and other[place] == values[place]
                ]
                means = {
                    name: self._mean([tell(one) for one in others if values[place]])
                    for name, tell in tellers.items()
                }
                values.update(means)
        return values_of

    @staticmethod
    def _mean(values: list[float | None]) -> float | None:
        known = [one for one in values if one is not None]
        return sum(known) / len(known) if known else None

    def _known(self, name: str, day: date) -> list[Row]:
        table, versions = TABLES[name], {}
        for row in sorted(self.rows[name], key=lambda one: one["recorded_on"]):
            if row["recorded_on"] <= day:
                versions.setdefault(tuple(row[key] for key in table.key), []).append(row)
        newest = [{**all_[-1], "version": len(all_) - 1} for all_ in versions.values()]
        return [row for row in newest if row[table.event] <= day]

    def _states(self, name: str, day: date) -> list[Row]:
        table, states = TABLES[name], {}
        if not table.entity:
            return self.known(name, day)
        for row in sorted(self.known(name, day), key=lambda one: one[table.event]):
            states[tuple(row[key] for key in table.entity)] = row
        return [row for row in states.values() if not row.get("valid_to") or row["valid_to"] > day]

    def lives_in(self, day: date) -> dict[str, Row]:
        return {row["household_id"]: row for row in self.states("households", day)}

    def of(self, name: str, home: str, day: date) -> list[Row]:
        """List a household's records: its own, its people's, its origins'; each with what is derived."""
        table = TABLES[name]
        members = {row["member_id"]: row for row in self.states("members", day)}
        own = [row for row in self.states(name, day) if self._belongs(name, row, home, members, day)]
        rows = [self._derived(row, table, home, members, day) for row in own]
        if name == "income":
            rows = [row for row in rows if row["ago"] < 24]
        columns = table.usable("text", "number", "money", "integer", "flag", "code")
        return sorted(rows, key=lambda row: (row[table.event], _last_if_missing(row, columns, name)))

    def _belongs(self, name: str, row: Row, home: str, members: dict[str, Row], day: date) -> bool:
        if row["household_id"] == home:
            return True
        if name in OF_PERSONS:
            person = members.get(row["member_id"])
            return person is not None and person["household_id"] == home
        if name in OF_FAMILIES:
            since = self.inherits(home, row["household_id"], day, (home,))
            return since is not None and row[TABLES[name].event] < since
        return False

    def inherits(self, heir: str, older: str, day: date, path: tuple[str, ...]) -> date | None:
        """Say until when `heir` has the family records of `older`; None if it has none."""
        links: dict[str, date] = {}
        for row in self.known("households", day):
            origin = row["origin_household_id"]
            if row["household_id"] == heir and row["origin"] in {"split", "merged"} and origin:
                links[origin] = min(row["valid_from"], links.get(origin, date.max))
        ends = [links[older]] if older in links else []
        for origin, since in links.items():
            if origin not in path and origin != older:
                further = self.inherits(origin, older, day, (*path, origin))
                ends += [min(since, further)] if further else []
        return max(ends, default=None)

    def _derived(self, row: Row, table, home: str, members: dict[str, Row], day: date) -> Row:
        person = members.get(row.get("member_id"))
        here = person is not None and person["household_id"] == home
        ended = row.get("ended_on")
        is_open = ended is None or ended > day
        return row | {
            "ago": months(row[table.event], day),
            "age": months(person["birth_date"], day) // 12 if here else None,
            "open": is_open,
            "ended_ago": None if is_open else months(ended, day),
            "ends_in": months(day, ended) if is_open and ended else None,
            "entered_ago": months(row["recorded_on"], day),
            "line": line_on(row[table.event]),
            "attends": self.attends(row["member_id"], day) if table.name == "members" else None,
            "does": self.does(row["member_id"], day) if table.name == "members" else None,
        }

    def attends(self, member: str, day: date) -> float | None:
        """Say what the highest stage a person attends leads to."""
        spells = [row for row in self.known("schooling", day) if row["member_id"] == member]
        spells = [row for row in spells if row["ended_on"] is None or row["ended_on"] > day]
        stages = ({"vocational": "high"}.get(row["stage"], row["stage"]) for row in spells)
        return most(YEARS.get(stage) for stage in stages)

    def does(self, member: str, day: date) -> set[object] | None:
        """Name what a person does for a living, looking for work included; None where nobody was asked."""
        recorded = self.known("employment", day)
        if not recorded:
            return None
        spells = [row for row in recorded if row["member_id"] == member]
        return {row["activity"] for row in spells if row["ended_on"] is None or row["ended_on"] > day}

    def _over_tables(self, home: str, day: date) -> Values:
        equivalents = sum(row["equivalents"] for row in self.of("members", home, day)) or math.nan
        scale = {"needs": equivalents, "months": self.resources_months, "rural": rural_income("530000", day)}
        village = self.lives_in(day)[home]["village_id"]
        place = next((one for one in self.states("villages", day) if one["village_id"] == village), {})
        values: Values = {
            "village_id": village,
            "township_id": place.get("township_id"),
            "county_id": place.get("county_id"),
            "month": day.year * 12 + day.month,
            "n_members": len(self.of("members", home, day)) or None,
            "resources_over_line": self.resources_over_line(home, day, equivalents),
        }
        for name, tellers in OVER.items():
            rows = [place] if name == "villages" and place else []
            rows = rows if name == "villages" else self.of(name, home, day)
            values |= {
                one: tell(rows, scale) if rows or name in EVENTS else None for one, tell in tellers.items()
            }
        values = {one: None if isinstance(v, float) and math.isnan(v) else v for one, v in values.items()}
        for one, tell in HOUSEHOLD.items():
            values[one] = tell(values)
        return values

    def resources_over_line(self, home: str, day: date, equivalents: float) -> float | None:
        """Count the money that was the household's own; what others left to it is not money it had."""
        window = [row for row in self.known("income", day) if row["household_id"] == home]
        rows = [row for row in window if months(row["occurred_on"], day) < self.resources_months]
        if not rows or math.isnan(equivalents):
            return None
        cash = sum(-row["amount"] if row["source"] == "business_cost" else row["amount"] for row in rows)
        cash -= sum(
            row["own_payment"] or 0
            for row in self.known("health", day)
            if row["household_id"] == home and months(row["occurred_on"], day) < self.resources_months
        )
        return cash / (self.resources_months * equivalents * line_on(day))
