"""Words to spoil a delivery with, and to mend it as a next step says."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.advice.offices import CITIZENS, office


@dataclass(frozen=True)
class Advice:
    """One reason and one way to follow its next step.

    Attributes
    ----------
    says : str
        Begin of the reason, in English.
    spoil, follow : callable
        Change a delivery (county -> table -> rows) in place.
    kind : str
        Format of the files; only a workbook has typed cells.
    """

    says: str
    spoil: Callable
    follow: Callable
    kind: str = "csv"


def cell(says, table, column, bad, good, *, row=2, kind="csv"):
    """Spoil one cell of C1, then write into it what the step says."""
    return Advice(says, put("C1", table, row, **{column: bad}), put("C1", table, row, **{column: good}), kind)


def put(county, table, row, **cells):
    return lambda delivery: delivery[county][table][row].update(cells)


def add(county, table, **cells):
    """Add a copy of the first row with some cells changed."""
    return lambda delivery: delivery[county][table].append({**delivery[county][table][0], **cells})


def last(county, table, **cells):
    return put(county, table, -1, **cells)


def both(*changes):
    def apply(delivery):
        for change in changes:
            change(delivery)

    return apply


def everywhere(column, change, *, tables=None):
    """Change a column of every table of both counties, or of some tables of C1."""

    def apply(delivery):
        for county in delivery if tables is None else ["C1"]:
            for name, rows in delivery[county].items():
                for row in rows if tables is None or name in tables else []:
                    if row.get(column) is not None:
                        row[column] = change(row[column])

    return apply


def where(column, value, county, **cells):
    """Change cells of every row of a county that holds `value` in `column`."""

    def apply(delivery):
        for rows in delivery[county].values():
            for row in rows:
                if row.get(column) == value:
                    row.update({name: one for name, one in cells.items() if name in row})

    return apply


def restore(delivery):
    """Take the clean delivery: its ids are those of their place and a number, as a prefix makes them."""
    delivery.clear()
    delivery.update(office())


def without_county(one):
    return one if one in CITIZENS.values() else one[2:]


def from_mark(mark):
    """Keep an id from a letter on: what is unique only within the place before it."""
    return lambda one: one[one.index(mark) :] if mark in one else one
