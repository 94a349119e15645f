"""MLflow's local store: made once, and waited for no longer than is said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from register.errors import StoreError

#: Seconds: what MLflow itself waits for a store, and what making one takes on a slow machine, four times.
HELD_SECONDS, MAKING_SECONDS = 20, 60


@contextmanager
def made_store(database: Path) -> Iterator[None]:
    """Hold the store for the block, made if it is not there yet.

    Parameters
    ----------
    database : Path
        The SQLite file.

    Raises
    ------
    StoreError
        When another program holds it, after `HELD_SECONDS` or `MAKING_SECONDS`.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(database.with_suffix(".lock"), timeout=MAKING_SECONDS):
            _make(database)
            wait_for(database)
            yield
    except Timeout:
        raise _held(database, MAKING_SECONDS) from None


def wait_for(database: Path, seconds: float | None = None) -> None:
    """Wait until the store can be written to.

    Raises
    ------
    StoreError
        When another program holds it for so many seconds, by default `HELD_SECONDS`.
    """
    seconds = HELD_SECONDS if seconds is None else seconds
    with closing(sqlite3.connect(database, timeout=seconds, isolation_level=None)) as store:
        try:
            store.execute("BEGIN IMMEDIATE")
            store.execute("ROLLBACK")
        except sqlite3.OperationalError as refused:
            if refused.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            raise _held(database, seconds) from None


def _held(database: Path, seconds: float) -> StoreError:
    return StoreError(f"{database} is held by another program, waited {seconds:g} s; close that program")


def _make(database: Path) -> None:
    """Make the store once, aside, then rename; the caller holds the lock.

    Three of four first starts at once failed, and a kill during the first use broke the
    store for ever, when MLflow was left to make it in place (RELIABILITY M11).
    """
    if not database.exists():
        from mlflow.store.db.utils import _initialize_tables, create_sqlalchemy_engine

        aside = database.with_suffix(".new")
        aside.unlink(missing_ok=True)
        engine = create_sqlalchemy_engine(f"sqlite:///{aside}")
        _initialize_tables(engine)
        engine.dispose()
        aside.replace(database)
