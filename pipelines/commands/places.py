"""Of which county, township and village something is handed out."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from register.errors import SourceError

#: So many places are named in a refusal.
MOST_NAMED = 12


@dataclass(frozen=True)
class Places:
    """Of which places something is handed out; every one where none is named."""

    county: str | None = None
    township: str | None = None
    village: str | None = None

    @property
    def is_below_county(self) -> bool:
        """Whether only a part of a county is meant."""
        return self.township is not None or self.village is not None

    def of(self, listed: pl.DataFrame) -> pl.DataFrame:
        """Keep the listed households of the places.

        Raises
        ------
        SourceError
            When nobody of a place is listed.
        """
        kept = listed
        for name, wanted in vars(self).items():
            if wanted is not None:
                allowed = kept[f"{name}_id"].unique().sort().to_list()
                kept = kept.filter(pl.col(f"{name}_id") == wanted)
                _refuse_unlisted(name, wanted, kept, allowed)
        return kept


def _refuse_unlisted(name: str, wanted: str, kept: pl.DataFrame, allowed: Sequence[str]) -> None:
    if kept.is_empty():
        named = ", ".join(allowed[:MOST_NAMED]) + (" ..." if len(allowed) > MOST_NAMED else "")
        raise SourceError(f"--{name} {wanted}: nobody of it is listed; allowed are {named}")
