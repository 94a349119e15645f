"""Which delivered column could fill a register column, by its name and by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from register.cells.blanks import trimmed
from register.cells.dates import day_of
from register.cells.no_value import marks_no_value
from register.cells.numbers import numbers
from register.proposal.looking import Look
from register.proposal.names import declared, folded, names_of, nearest, vocabulary, words_of
from register.tables import TABLES

#: Share of the filled cells that must be of a kind for the column to be of it.
OF_A_KIND = 0.9
#: Share of rows in which a key must be filled.
FILLED = 0.95
MOST_AGE = 120
#: What parts the words for one code: 低保金、特困供养金 d2 d3.
_PARTED = re.compile("[、（）() ]+")


@dataclass(frozen=True)
class Guess:
    """A delivered column for a register column.

    Attributes
    ----------
    header : str
        The delivered column.
    how : str
        ``name``: their names are equal; ``words``: the words of one stand in the other;
        ``near``: they look alike.
    """

    header: str
    how: str


class Columns:
    """The columns of one table, to be asked for what they could be.

    Parameters
    ----------
    look : Look
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self.frame = look.content.frame.select(trimmed(pl.col(name)).alias(name) for name in look.columns)

    def values(self, header: str) -> pl.Series:
        """Give the filled cells of a column, without words for no value."""
        cells = self.frame[header].drop_nulls()
        return cells.filter(~marks_no_value(cells))

    def key(self, role: str, least: float = FILLED) -> Guess | None:
        """Find the column of an id, filled nearly everywhere."""
        return self._first(declared(role), lambda header: self.filled(header) >= least)

    def numbers(self, role: str) -> Guess | None:
        """Find a column of numbers; of several the first that says the whole and no part of it."""
        return self._first(declared(role), lambda header: self._is_number(header) and not _is_part(header))

    def age(self) -> Guess | None:
        """Find a column of ages in whole years."""
        return self._first(declared("age"), self._is_age)

    def days(self, role: str) -> Guess | None:
        """Find a column of days."""
        return self._first(declared(role), lambda header: self.share(header, _is_day) >= OF_A_KIND)

    def years(self) -> Guess | None:
        """Find a column of years."""
        return self._first(declared("year"), lambda header: self._matches(header, r"^(19|20)[0-9]{2}(\.0)?$"))

    def named(self, table: str, column: str) -> Guess | None:
        """Find the column that bears a name of a register column, and nothing like it."""
        return self._by_name(names_of(table, column), lambda header: len(self.values(header)) > 0)

    def coded(self, table: str, column: str) -> Guess | None:
        """Find a column of codes, by name or words, few of them different."""
        names = names_of(table, column)
        return self._first(names, lambda header: 0 < self.values(header).n_unique() <= 60)

    def filled(self, header: str) -> float:
        """Give the share of rows that hold something."""
        return len(self.values(header)) / max(1, len(self.frame))

    def no_values(self, headers: Sequence[str]) -> list[str]:
        """List the words for no value that stand in some columns."""
        cells = pl.concat([self.frame[header].drop_nulls() for header in headers]).unique()
        return sorted(cells.filter(marks_no_value(cells)))

    def share(self, header: str, fits: Callable[[str], bool]) -> float:
        """Give the share of filled cells that are of a kind."""
        counts = self.values(header).value_counts()
        n = sum(times for text, times in counts.rows() if fits(text))
        return n / max(1, counts["count"].sum())

    def _matches(self, header: str, pattern: str) -> bool:
        share = self.values(header).str.contains(pattern).mean()
        return isinstance(share, float) and share >= OF_A_KIND

    def _is_number(self, header: str) -> bool:
        cells = self.values(header).to_frame("cell")
        share = cells.select(numbers(pl.col("cell")).is_not_null().mean()).item()
        return isinstance(share, float) and share >= OF_A_KIND

    def _is_age(self, header: str) -> bool:
        if not self._matches(header, r"^[0-9]{1,3}(\.0)?$"):
            return False
        ages = self.values(header).cast(pl.Float64)
        return float(ages.max() or 0) <= MOST_AGE and ages.n_unique() > 1  # type: ignore[arg-type]

    def _first(self, names: Sequence[str], fits: Callable[[str], bool]) -> Guess | None:
        exact = self._by_name(names, fits)
        if exact:
            return exact
        by_words = (
            (name, header) for name in names for header in self.look.columns if _stands_in(name, header)
        )
        header = next((header for _, header in by_words if fits(header)), None)
        if header:
            return Guess(header, "words")
        header = next(
            (one for name in names if (one := nearest(name, self.look.columns)) and fits(one)), None
        )
        return Guess(header, "near") if header else None

    def _by_name(self, names: Sequence[str], fits: Callable[[str], bool]) -> Guess | None:
        by_fold = {folded(header): header for header in self.look.columns}
        equal = (by_fold[folded(name)] for name in names if folded(name) in by_fold)
        by_question = (self._asked_for(name) for name in names)
        header = next((one for one in (*equal, *by_question) if one and fits(one)), None)
        return Guess(header, "name") if header else None

    def _asked_for(self, name: str) -> str | None:
        """Give the column whose question, in a Stata or SPSS file, is a name."""
        return next((one for one, text in self.look.questions.items() if folded(text) == folded(name)), None)


def meanings(table: str, column: str, values: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Say which register code delivered values stand for, and which values are not known.

    Examples
    --------
    >>> meanings("members", "sex", ["男", "Female", "9"])
    ({'男': 'male', 'Female': 'female'}, ['9'])
    """
    known = _codes(table, column)
    codes = {value: known[folded(value)] for value in values if folded(value) in known}
    return codes, [value for value in values if value not in codes]


def _codes(table: str, column: str) -> Mapping[str, str]:
    own = TABLES[table].by_name[column].meanings
    further = vocabulary()["codes"].get(column, {})
    known = {code: (code, own[code], *_PARTED.split(own[code]), *further.get(code, ())) for code in own}
    return {folded(word): code for code, words in known.items() for word in words if word}


def _stands_in(name: str, header: str) -> bool:
    return words_of(name) <= words_of(header)


def _is_part(header: str) -> bool:
    return not words_of(header).isdisjoint(vocabulary()["parts"])


def _is_day(text: str) -> bool:
    return day_of(text) is not None
