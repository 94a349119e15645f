"""What visits found, kept for good: one sealed file a reading, each naming the one before it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from register.cells.several import lists
from register.keys.key_file import key_id, key_in_use
from register.keys.sealed_chain import SealedChain
from register.lookback_notes import NAMING, key_at_hand, key_file_beside, opened, sealed
from register.tables.lookbacks import LOOKBACKS

#: What is kept of a visit: what the register takes, and which list and file it came from.
RECORDS: dict[str, pl.DataType] = {
    **LOOKBACKS.schema,
    "county_id": pl.String(),
    "source_kind": pl.String(),
    "list_id": pl.String(),
    "file_sha256": pl.String(),
    "withdrawn_by": pl.String(),
}
#: A version that takes a visit back: from its day on the visit counts no longer.
WITHDRAWN = "withdrawn"
REMEDY = "restore the folder from its last copy (nothing else holds what visits found)"
LOSS = "go on without the notes that were sealed under it"
#: In an entry: under which key the notes of a reading are sealed.
SEALED_UNDER = "vault_key_id"
#: What columns were called when a visit could name one cause and one measure.
EARLIER_NAMES = {"cause_found": "causes_found", "measure_begun": "measures_begun"}
#: What whoever counts visits may build on (`visits_today`).
TODAY = (
    "household_id",
    "list_id",
    "season",
    "visited_on",
    "recorded_on",
    "role",
    "contact",
    "result",
    "causes_found",
    "measures_begun",
    "county_id",
    "source_kind",
)


class LookbackStore:
    """An append-only folder of readings, ``000001.json`` and so on.

    Parameters
    ----------
    folder : Path
        Made, for its owner alone, with the first reading.
    key_file : Path
        See `register.keys.seals`; the vault's key, under which notes are sealed, lies beside it.
    """

    def __init__(self, folder: Path, key_file: Path) -> None:
        self.folder = folder
        self._readings = SealedChain(folder, key_file, REMEDY)
        self._vault_key = key_file_beside(key_file)

    def records(self, *, with_notes: bool = False) -> pl.DataFrame:
        """Read every version of every visit.

        Parameters
        ----------
        with_notes : bool
            Whether to open what may name people; of readings sealed under a key that is not
            at hand it is missing.

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
        key = key_at_hand(self._vault_key) if with_notes else None
        hidden = {} if with_notes else {name: pl.lit(None, pl.String) for name in NAMING}
        parts = [pl.DataFrame(schema={**RECORDS, "reading": pl.Int64()})]
        for number, reading in enumerate(self._readings.entries(), 1):
            rows = [opened(row, key, reading.get(SEALED_UNDER)) for row in reading["records"]]
            parts.append(_typed(rows).with_columns(reading=pl.lit(number, pl.Int64()), **hidden))
        return pl.concat(parts)

    def keys_away(self) -> frozenset[str]:
        """Name the keys under which notes are sealed and which are not at hand: those cannot be read."""
        at_hand = key_at_hand(self._vault_key)
        return self._keys_of_notes() - ({key_id(at_hand)} if at_hand else set())

    def _keys_of_notes(self) -> frozenset[str]:
        return frozenset(one[SEALED_UNDER] for one in self._readings.entries() if SEALED_UNDER in one)

    def append(
        self,
        records: pl.DataFrame,
        files: Sequence[Mapping[str, Any]],
        given_up: AbstractSet[str] = frozenset(),
    ) -> Path:
        """Add a reading.

        Parameters
        ----------
        records : DataFrame
            `RECORDS`; none of them may be empty of a result. What may name people is sealed here.
        files : sequence of mapping
            Hash and row counts of every workbook it was read from; no names, which may be
            those of people.
        given_up : set of str
            Keys that are lost for good (``privacy.given_up_keys``).

        Returns
        -------
        Path
            The new file, mode 0600.

        Raises
        ------
        StoreError
            When the notes of earlier readings are sealed under a key that is not at hand.
        """
        key = key_in_use(self._vault_key, self._keys_of_notes(), given_up, LOSS)
        rows = records.with_columns(pl.col(pl.Date).dt.to_string("iso")).to_dicts()
        hidden = [sealed(row, key) for row in rows]
        return self._readings.append({"files": list(files), "records": hidden, SEALED_UNDER: key_id(key)})


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


def holding(records: pl.DataFrame) -> pl.DataFrame:
    """Keep of every visit the version that holds, and none of those that were withdrawn."""
    return records.filter(latest(records), pl.col("result") != WITHDRAWN)


def visits_today(records: pl.DataFrame) -> pl.DataFrame:
    """Give the visits that hold today, for whoever counts them.

    Parameters
    ----------
    records : DataFrame
        `LookbackStore.records`.

    Returns
    -------
    DataFrame
        `TODAY`: a row a visit, of a household on a list on a day, in the order they were read
        back; ``causes_found`` (the first is the main one) and ``measures_begun`` are lists,
        missing where none was written, and so is ``role``. Where nobody was met (``result`` is
        not_at_home) it was an attempt and no visit.
    """
    several = [name for name, column in LOOKBACKS.by_name.items() if column.most]
    in_person = pl.col("contact").fill_null("in_person")
    return holding(records).with_columns(*map(lists, several), in_person).select(TODAY)


def known_by(records: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """Keep what was entered by `day`, and of each day its last word."""
    entered = records if day is None else records.filter(pl.col("recorded_on") <= day)
    version = ["source_kind", *LOOKBACKS.key, "recorded_on"]
    return entered.unique(version, keep="last", maintain_order=True)


def _typed(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    now = [{EARLIER_NAMES.get(name, name): value for name, value in row.items()} for row in rows]
    text = pl.DataFrame(now, schema=dict.fromkeys(RECORDS, pl.String()))
    return text.with_columns(
        pl.col(name).str.to_date() for name, kind in RECORDS.items() if kind == pl.Date()
    )
