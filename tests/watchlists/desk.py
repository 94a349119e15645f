"""An analyst's desk: one release, one store, files read back on a day."""

from datetime import date

import polars as pl

from register.lookback_store import LookbackStore
from tests.watchlists.handed_out import filled, released, releases_in
from watchlists.lookbacks.reading import LEDGER, judge, release_of
from watchlists.lookbacks.sheet import read_filled

DAY = date(2026, 3, 1)


class Desk:
    def __init__(self, folder, *households):
        self.folder, self.release = folder, released(folder, *households)
        self.store = LookbackStore(folder / "lookbacks", releases_in(folder).key_file)

    def book(self, name, found, release=None, change=None):
        return filled(release or self.release, self.folder / name, found, change)

    def read(self, *paths, day=DAY):
        opened = [read_filled(path) for path in paths]
        releases = releases_in(self.folder)
        done = judge(
            [(one, release_of(one, releases)) for one in opened], self.store.records(with_notes=True), day
        )
        for row in done.ledger.iter_rows(named=True):
            assert row["rows_in"] == sum(row[name] for name in LEDGER[1:])
        if len(done.accepted):
            self.store.append(done.accepted, done.ledger.drop("file").to_dicts())
        return done


def counts(done):
    return done.ledger.select(pl.col(LEDGER).sum()).row(0)


def reasons(done):
    return done.reasons.select("row", "heading", "reason").rows()


def cells(frame):
    """Give cell and Chinese reason of every line."""
    return [(cell, reason.split(" / ")[0]) for cell, reason in frame.select("cell", "reason").iter_rows()]
