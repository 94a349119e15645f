"""Deliveries of one county, given in a test as frames of text."""

import polars as pl

from register.sources.delivery import RawTable
from tests.households import lines_of


class Given:
    """A source whose one county C1 is given as tables, and further files beside them.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Each comes as ``C1/TABLE.csv``.
    *beside : RawTable
        Files of any name.
    """

    has_control_totals = True

    def __init__(self, tables, *beside):
        self._files = [raw_of(name, f"C1/{name}.csv", frame) for name, frame in tables.items()]
        self._files += beside

    def counties(self):
        return ["C1"]

    def tables(self, county_id):  # noqa: ARG002 - there is only one
        yield from self._files

    def lines(self):
        return lines_of()


def raw_of(name, file, frame):
    """Give a table as text, under a file name."""
    return RawTable(name, file, frame.cast(pl.String))
