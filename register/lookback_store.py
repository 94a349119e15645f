"""What visits found, kept for good: one sealed file a reading, each naming the one before it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from register.keys.sealed_chain import SealedChain
from register.tables.lookbacks import LOOKBACKS

#: What is kept of a visit: what the register takes, and which list and file it came from.
RECORDS: dict[str, pl.DataType] = {
    **LOOKBACKS.schema,
    "county_id": pl.String(),
    "source_kind": pl.String(),
    "list_id": pl.String(),
    "file_sha256": pl.String(),
}
REMEDY = "restore the folder from its last copy (nothing else holds what visits found)"


class LookbackStore:
    """An append-only folder of readings, ``000001.json`` and so on.

    Parameters
    ----------
    folder : Path
        Made, for its owner alone, with the first reading.
    key_file : Path
        See `register.keys.seals`.
    """

    def __init__(self, folder: Path, key_file: Path) -> None:
        self.folder = folder
        self._readings = SealedChain(folder, key_file, REMEDY)

    def records(self) -> pl.DataFrame:
        """Read every version of every visit.

        Returns
        -------
        DataFrame
            `RECORDS` and ``reading``, its number: of two versions entered on one day the
            one with the higher number holds.

        Raises
        ------
        StoreError
            When a reading is missing, changed or sealed under another key.
        """
        parts = [pl.DataFrame(schema={**RECORDS, "reading": pl.Int64()})]
        for number, reading in enumerate(self._readings.entries(), 1):
            parts.append(_typed(reading["records"]).with_columns(reading=pl.lit(number, pl.Int64())))
        return pl.concat(parts)

    def append(self, records: pl.DataFrame, files: Sequence[Mapping[str, Any]]) -> Path:
        """Add a reading.

        Parameters
        ----------
        records : DataFrame
            `RECORDS`; none of them may be empty of a result.
        files : sequence of mapping
            Hash and row counts of every workbook it was read from; no names, which may be
            those of people.

        Returns
        -------
        Path
            The new file, mode 0600.
        """
        rows = records.with_columns(pl.col(pl.Date).dt.to_string("iso")).to_dicts()
        return self._readings.append({"files": list(files), "records": rows})


def latest(records: pl.DataFrame) -> pl.Series:
    """Mark the version of every visit that holds.

    Parameters
    ----------
    records : DataFrame
        As `LookbackStore.records` gives them, in their order.

    Returns
    -------
    Series of bool
    """
    visit = ["source_kind", *LOOKBACKS.key]
    return records.select((pl.int_range(pl.len()) == pl.len() - 1).over(visit).alias("latest"))["latest"]


def known_by(records: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """Keep what was entered by `day`, and of each day its last word."""
    entered = records if day is None else records.filter(pl.col("recorded_on") <= day)
    version = ["source_kind", *LOOKBACKS.key, "recorded_on"]
    return entered.unique(version, keep="last", maintain_order=True)


def _typed(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    text = pl.DataFrame(rows, schema=dict.fromkeys(RECORDS, pl.String()))
    return text.with_columns(
        pl.col(name).str.to_date() for name, kind in RECORDS.items() if kind == pl.Date()
    )
