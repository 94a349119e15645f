"""Split off what names or reaches a person or household, and seal it."""

import io
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

import polars as pl

from register.atomic import atomic_path, sha256
from register.errors import ContractError
from register.keys.key_file import key_id
from register.tables import TABLES
from register.vault.cipher import encrypt

SUFFIX = ".vault"
#: Rows of the vault that hold the household's own number, as it was delivered, in column ``number``.
NUMBERS = "numbers"


class VaultWriter:
    """Seal identities county by county into a folder.

    Parameters
    ----------
    folder : Path
        An empty folder; its files get mode 0600.
    give_key : callable
        Gives the vault's key; not asked for where nobody is named.
    """

    def __init__(self, folder: Path, give_key: Callable[[], bytes]) -> None:
        folder.chmod(0o700)
        self.folder, self._give_key = folder, give_key
        self._hashes: dict[str, str] = {}

    def take(self, county_id: str, tables: Mapping[str, pl.DataFrame], numbers: pl.DataFrame) -> None:
        """Seal the identities in a county's typed tables, if it has any, in place of an earlier taking.

        Parameters
        ----------
        county_id : str
        tables : mapping of str to DataFrame
            As they go into the register, with the columns that do not.
        numbers : DataFrame
            The households' own numbers (`own_numbers`).
        """
        named = pl.concat([identities(tables), numbers], how="diagonal")
        target = self.folder / f"{county_id}{SUFFIX}"
        if not len(named):
            target.unlink(missing_ok=True)
            self._hashes.pop(county_id, None)
            return
        plain = io.BytesIO()
        named.write_parquet(plain)
        sealed = encrypt(self._key, county_id, plain.getvalue())
        with atomic_path(target) as aside:
            aside.touch(mode=0o600)
            aside.write_bytes(sealed)
        self._hashes[county_id] = sha256(target)

    @property
    def facts(self) -> dict[str, object] | None:
        """Tell the register's manifest which key sealed what; None where nobody is named."""
        if not self._hashes:
            return None
        return {"key_id": key_id(self._key), "sha256": self._hashes}

    @cached_property
    def _key(self) -> bytes:
        return self._give_key()


def refuse_identities(county_id: str, tables: Mapping[str, pl.DataFrame]) -> None:
    """Refuse a county that names people where there is no vault to put them in."""
    if len(identities(tables)):
        raise ContractError(
            f"county {county_id}: found names, phones, addresses or identity numbers, but privacy.vault "
            "is empty; set it in params.yaml, or leave these columns out of the delivery"
        )


def own_numbers(delivered: pl.DataFrame, private: pl.DataFrame) -> pl.DataFrame:
    """Pair the pseudonym of every household with the number it was delivered under.

    Parameters
    ----------
    delivered, private : DataFrame
        Table ``households`` before and after its ids were replaced, row by row.

    Returns
    -------
    DataFrame
        ``table`` (`NUMBERS`), ``household_id``, ``number``; no row where ids stay as they are.
    """
    pairs = private.select("household_id", number=delivered["household_id"]).unique()
    pseudonyms = pairs.filter(pl.col("household_id") != pl.col("number")).sort("household_id")
    return pseudonyms.select(pl.lit(NUMBERS).alias("table"), "household_id", "number")


def identities(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """List every record that names or reaches a person.

    Returns
    -------
    DataFrame
        ``table``, the record's key and `recorded_on`, and the columns that go to the vault;
        a column that the record's table lacks is missing.
    """
    parts = [
        frame.select(
            pl.lit(name).alias("table"),
            *dict.fromkeys(("household_id", *TABLES[name].key, "recorded_on", *TABLES[name].vaulted)),
        ).filter(pl.any_horizontal(pl.col(TABLES[name].vaulted).is_not_null()))
        for name, frame in tables.items()
        if TABLES[name].vaulted
    ]
    records = pl.concat(parts, how="diagonal") if parts else pl.DataFrame()
    return records.sort(pl.all(), nulls_last=True) if len(records) else records
