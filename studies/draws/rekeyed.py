"""The same register and features under another key: other ids, so other draws and another order of rows."""

from pathlib import Path

import polars as pl

from features.storage import read_features, write_features
from models.keys import KEYS
from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet
from register.keys.pseudonym import Pseudonymiser
from register.store import LINES, Register, seal, write_lines, write_register_shard


def rekey(made: Workspace, other: Workspace, key: bytes) -> None:
    """Write register and features of a finished run into another workspace, under other ids.

    Whatever draws households goes by their pseudonym, and rows are sorted by it; nothing else of
    a household changes. This is what a register's figures would be had its office another secret key.

    Parameters
    ----------
    made, other : Workspace
        The finished run, which is only read; where to write.
    key : bytes
        Key the pseudonyms themselves are made pseudonyms under.
    """
    pseudonymiser, register = Pseudonymiser(key), Register(made.register)
    for county in register.counties:
        tables = pseudonymiser.tables(register.shard(county).tables)
        write_register_shard(other.register, county, tables)
        built = {"features": read_features(_features(made, county))}
        features: pl.DataFrame = pseudonymiser.tables(built)["features"].sort(KEYS)
        write_features(_features(other, county), features)
    write_lines(other.register, read_parquet(made.register / LINES))
    seal(other.register, {"pseudonym_key_id": pseudonymiser.key_id})


def _features(workspace: Workspace, county: str) -> Path:
    return workspace.features / f"{county}.parquet"
