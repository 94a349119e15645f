"""A panel survey as a source: waves are quarters, households are there in the waves they were asked in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from register.errors import SourceError
from register.sources.delivery import RawTable
from register.sources.panel import tables
from register.sources.panel.equivalents import with_equivalents
from register.sources.panel.facts import read_facts
from register.sources.panel.families import named_apart, replaced
from register.sources.panel.mapping import PanelMapping, load_panel
from register.sources.panel.money import by_line, monthly
from register.sources.panel.people import people
from register.sources.panel.splits import refuse_strangers, register_ids
from register.sources.panel.telling import notes_of

KEYS = ("wave", "household")


@dataclass(frozen=True)
class Panel:
    """A panel as it was read.

    Attributes
    ----------
    households : DataFrame
        One row a household and wave: ``household_id``, places, ``resources`` and amounts a month.
    persons : DataFrame
        One row a person and wave.
    further : dict of str to DataFrame
        By register table, rows with ``household_id`` and ``member_id``.
    lines : dict of str to float
        Line of each wave, currency a month and equivalent.
    notes : list of str
    """

    households: pl.DataFrame
    persons: pl.DataFrame
    further: dict[str, pl.DataFrame]
    lines: dict[str, float]
    notes: list[str]


class PanelSource:
    """A folder of survey files and the mapping that says what they hold (docs/panel.md).

    Parameters
    ----------
    path : Path
        The folder.
    mapping : str, optional
        The mapping; by default ``panel.yaml`` in the folder.

    Raises
    ------
    ParamsError
        When the mapping is missing or says what it cannot say.
    SourceError
        When the folder or a file is missing or cannot be read.
    ContractError
        When columns are missing, or values cannot be read as the mapping says.
    """

    def __init__(self, path: Path, mapping: str | None = None) -> None:
        if not path.is_dir():
            raise SourceError(
                f"{path}: no such folder; set source.path to the panel's folder (docs/panel.md)"
            )
        self.path = path
        self.mapping = load_panel(path, mapping)

    def counties(self) -> list[str]:
        """Name the regions, sorted."""
        return sorted(self._panel.households["county_id"].unique().to_list())

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Give the register tables of one region, one after the other."""
        panel, waves = self._panel, self.mapping.waves
        homes = panel.households.filter(pl.col("county_id") == county_id)
        made = {
            "villages": tables.villages(homes, waves),
            "households": tables.household_states(homes, waves),
            "members": tables.members(_of(panel.persons, homes), waves),
            "income": tables.income(homes, waves),
        }
        made |= {name: tables.further(name, _of(rows, homes), waves) for name, rows in panel.further.items()}
        for name, frame in made.items():
            yield RawTable(name, f"panel {name} ({self.mapping.path.name})", frame)

    def lines(self) -> pl.DataFrame:
        """Give the line of every wave, the same in all regions."""
        layout = self.mapping.layout
        return tables.lines(
            self.counties(),
            self._panel.lines,
            self.mapping.waves,
            layout.resources.currency,
            layout.line.source,
        )

    @property
    def notes(self) -> list[str]:
        """What a researcher should know of the waves that were read."""
        return self._panel.notes

    @property
    def figures(self) -> list[str]:
        """The same, for `huitou check` to say: a mapping is proven by the figures that come out of it."""
        return self._panel.notes

    @cached_property
    def _panel(self) -> Panel:
        return read_panel(self.path, self.mapping)


def read_panel(folder: Path, mapping: PanelMapping) -> Panel:
    """Read all files and make one panel of them."""
    layout, waves = mapping.layout, mapping.waves
    facts = read_facts(folder, layout, waves)
    ids = register_ids(facts.households, facts.tables.get("members"), waves)
    refuse_strangers(ids, waves)
    homes = facts.households.join(ids, on=KEYS, how="left", maintain_order="left")
    homes = homes.drop("household", "origin", strict=False).rename({"household_id": "household"})
    renamed = ids.select(*KEYS, "household_id")
    tables_of = {name: _renamed(rows, renamed) for name, rows in facts.tables.items()}
    persons = people(homes, tables_of.pop("members", None), waves, keep_numbers=layout.persons_keep_numbers)
    families = replaced(persons.frame, waves)
    homes, listed = named_apart(homes, families), named_apart(persons.frame, families)
    day = pl.col("wave").replace_strict({wave.name: wave.day for wave in waves}, return_dtype=pl.Date)
    sized = with_equivalents(homes, listed.with_columns(day.alias("day")), layout)
    moved, lines = by_line(monthly(sized, layout), layout, waves)
    placed = tables.placed(moved.rename({"household": "household_id"}), waves)
    listed = _with_members(listed, placed)
    further = {name: _with_ids(named_apart(rows, families), listed) for name, rows in tables_of.items()}
    return Panel(placed, listed, further, lines, notes_of(mapping, facts, persons, placed, lines))


def _renamed(rows: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Give rows the register's ids of their households; those of households without an amount go."""
    joined = rows.join(ids, on=KEYS, how="inner", maintain_order="left")
    return joined.drop("household").rename({"household_id": "household"})


def _with_members(persons: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Give persons their ids, and the household's equivalents to share."""
    shared = homes.select("wave", "equivalents", household="household_id")
    named = persons.join(shared, on=KEYS, how="inner", maintain_order="left").rename(
        {"household": "household_id"}
    )
    return named.with_columns(pl.concat_str("household_id", "person", separator="-").alias("member_id"))


def _with_ids(rows: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Give rows the ids of their persons; those of nobody on the list go."""
    numbered = persons.drop_nulls("number").select("wave", "household_id", "member_id", person="number")
    named = rows.rename({"household": "household_id"})
    joined = named.join(numbered, on=["wave", "household_id", "person"], how="left", maintain_order="left")
    return joined.filter(pl.col("member_id").is_not_null() | pl.col("person").is_null()).drop("person")


def _of(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    return rows.join(homes.select("wave", "household_id"), on=["wave", "household_id"], how="semi")
