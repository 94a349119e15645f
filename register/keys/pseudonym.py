"""Ids become pseudonyms under a secret key that never lies beside the data."""

import hmac
import re
from collections.abc import Mapping

import polars as pl

from register.keys.key_file import key_id

#: Whom an id names -> the columns that hold it: a household has one pseudonym everywhere.
PERSONAL = {"household_id": ("household_id", "origin_household_id"), "member_id": ("member_id",)}
#: 128 bits: two of a billion ids collide with a chance below 1e-20.
HEX_DIGITS = 32
_PSEUDONYM = re.compile(rf"[0-9a-f]{{{HEX_DIGITS}}}")


class Pseudonymiser:
    """Replace ids by HMAC-SHA256 under a key kept apart.

    Parameters
    ----------
    key : bytes
        See `register.keys.key_file.key_in_use`.

    References
    ----------
    Without a secret all 36.5 million ids of a county code are reversed in 55 seconds
    (RELIABILITY M18).

    Examples
    --------
    >>> len(Pseudonymiser(bytes(32)).pseudonym("household_id", "530622001"))
    32
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def key_id(self) -> str:
        """Name the key without telling it."""
        return key_id(self._key)

    def pseudonym(self, kind: str, identifier: str) -> str:
        """Give the pseudonym of one id; the same id of another kind gets another one."""
        message = f"{kind}\0{identifier}".encode()
        return hmac.digest(self._key, message, "sha256").hex()[:HEX_DIGITS]

    def tables(self, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Replace the ids of all tables of a county; missing stays missing."""
        replaced = dict(tables)
        for kind, columns in PERSONAL.items():
            places = [
                (name, column)
                for name, frame in tables.items()
                for column in columns
                if column in frame.columns
            ]
            names = self._names(kind, [tables[name][column] for name, column in places])
            for name, column in places:
                replaced[name] = _replace(replaced[name], column, names)
        return replaced

    def _names(self, kind: str, series: list[pl.Series]) -> pl.DataFrame:
        every = [pl.Series([], dtype=pl.String), *(ids.unique() for ids in series)]
        known = pl.concat(every).unique().drop_nulls()
        pseudonyms = [self.pseudonym(kind, identifier) for identifier in known]
        return pl.DataFrame(
            {"known": known, "pseudonym": pseudonyms}, schema={"known": pl.String, "pseudonym": pl.String}
        )


def is_pseudonym(text: str) -> bool:
    """Say whether a text looks like a pseudonym; no number of a register does.

    Examples
    --------
    >>> is_pseudonym("6c6e375e" * 4), is_pseudonym("53062200100005")
    (True, False)
    """
    return _PSEUDONYM.fullmatch(text) is not None


def _replace(frame: pl.DataFrame, column: str, names: pl.DataFrame) -> pl.DataFrame:
    joined = frame.join(names, left_on=column, right_on="known", how="left", maintain_order="left")
    return joined.with_columns(pl.col("pseudonym").alias(column)).drop("pseudonym")
