"""Decide row by row what of a county's tables may enter the register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from register.ids.claims import Claims
from register.ids.hashes import hashes
from register.ids.homonyms import Homonym, findings_of, homonyms
from register.ids.references import NOUNS, Referred
from register.ids.spelling import differences, look
from register.intake.admitted import LEDGER, OWNERS, STRAYS, Admitted
from register.intake.casting import Cast, cast
from register.intake.schema import check_types
from register.quarantine import REASONS, Finding, reasons_of, without_duplicates, without_rows
from register.sources.delivery import RawTable
from register.tables import TABLES

OTHER_COUNTY = (
    "县编号与文件夹不符 / county id differs from the folder it lies in",
    (
        "若是本县，county_id 填文件夹名；否则移到所属县 / if it is this county, write the folder's name as "
        "county_id; otherwise move the row to its county"
    ),
)
MISNAMED_FOLDER = (
    "所有行的县编号都与文件夹不符 / no row bears the county id of the folder it lies in",
    "文件夹改用该县编号为名，或更正 county_id / name the folder by that county id, or correct county_id",
)

#: Tables that others refer to, in the order of the contract.
PLACES = ("villages", "households")
#: The column by which a table refers; all others do by their household.
REFERENCES = {"villages": "county_id", "households": "village_id"}
WRITTEN = {"file": pl.String(), "row": pl.UInt32(), "id": pl.String()}


def admit(
    county_id: str,
    delivered: Iterable[RawTable],
    delivered_on: date | None = None,
    claimed: Sequence[Homonym] = (),
    unrounded: Iterable[str] = (),
) -> Admitted:
    """Cast and check all tables of a county.

    Parameters
    ----------
    county_id : str
    delivered : iterable of RawTable
        A table may come in several files.
    delivered_on : date, optional
        No record may be recorded later; unchecked by default.
    claimed : sequence of Homonym, optional
        Ids that other counties use for something else (`register.ids.claims.claimed_twice`).
    unrounded : iterable of str
        Id columns whose zeros at the end are signed for (`register.intake.overruling`).

    Returns
    -------
    Admitted
        Whatever is left, be it nothing; `check_county` says whether a register can do
        with it.

    Raises
    ------
    ContractError
        When a file lacks a required column or brings an unknown one.
    """
    casts = [_Part(raw, cast(raw, TABLES[raw.name], delivered_on, unrounded)) for raw in delivered]
    admission = _Admission(county_id, casts, claimed)
    for name in TABLES:
        if any(part.raw.name == name for part in casts):
            admission.take(name)
    return admission.admitted()


@dataclass(frozen=True)
class _Part:
    """One file of a table, as it was written and as it was cast."""

    raw: RawTable
    cast: Cast

    @property
    def sound(self) -> pl.DataFrame:
        """Rows without a spoilt cell."""
        return without_rows(self.cast.frame, self.cast.reasons)

    def written(self, column: str) -> pl.DataFrame:
        """Give ``file, row, id`` of a column as it was written, without blanks around."""
        ids = self.raw.frame[column].str.strip_chars().alias("id")
        return self.cast.frame.select("file", "row").with_columns(ids)


class _Admission:
    """Tables of one county, taken in one after the other: places, households, then all else."""

    def __init__(self, county_id: str, parts: Sequence[_Part], claimed: Sequence[Homonym]) -> None:
        self._county_id, self._parts = county_id, parts
        named = [name for name in TABLES if name in PLACES or "member_id" in TABLES[name].by_name]
        sound = {
            name: pl.concat([part.sound for part in parts if part.raw.name == name])
            for name in named
            if any(part.raw.name == name for part in parts)
        }
        members = [hashes(part.cast.frame, "member_id") for part in parts if part.raw.name == "members"]
        entered = pl.concat([pl.Series([], dtype=pl.UInt64), *members])
        self._homonyms = [*claimed, *homonyms(sound, entered)]
        self._tables: dict[str, pl.DataFrame] = {}
        self._reasons = {"": pl.DataFrame(schema=REASONS)}
        self._entries = [pl.DataFrame(schema=LEDGER)]
        self._owners, self._strays = [pl.DataFrame(schema=OWNERS)], [pl.DataFrame(schema=STRAYS)]

    def take(self, name: str) -> None:
        """Set rows aside with every reason, not only the first that was met."""
        parts = [part.cast for part in self._parts if part.raw.name == name]
        delivered = pl.concat([part.frame for part in parts])
        spoilt = pl.concat([part.reasons for part in parts])
        shared = reasons_of(delivered, findings_of(delivered, self._homonyms))
        candidates = without_rows(delivered, pl.concat([spoilt, shared]))
        sound, repeated, at_odds = without_duplicates(candidates, TABLES[name])
        faulty = pl.concat([shared, spoilt.filter(pl.col("column") == REFERENCES.get(name, "household_id"))])
        stray = self._failed_references(name, without_rows(without_rows(delivered, repeated), faulty))
        reasons = pl.concat([spoilt, shared, at_odds, stray])
        accepted = without_rows(sound, stray)
        files = [part.raw.file for part in self._parts if part.raw.name == name]
        self._entries.append(_ledger(name, files, delivered, accepted, reasons, repeated))
        self._owners.append(_owners(delivered, reasons))
        self._reasons[name] = reasons
        self._tables[name] = accepted.select(list(TABLES[name].schema))
        check_types(name, self._tables[name])

    def admitted(self) -> Admitted:
        """Give what was taken."""
        return Admitted(
            self._tables,
            pl.concat(self._reasons.values()),
            pl.concat(self._entries),
            pl.concat(self._owners),
            pl.concat(self._strays),
            Claims.of(self._tables, {column: self._written(name)["id"] for column, name in self._places}),
            pl.concat([pl.DataFrame(schema=REASONS), *(part.cast.overruled for part in self._parts)]),
        )

    def _failed_references(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        if name == "villages":
            return reasons_of(frame, _of_other_counties(frame["county_id"], self._county_id))
        referred = self._villages if name == "households" else self._households
        failures = list(referred.failures(frame))
        nowhere = [frame.filter(one.rows) for one in failures if one.reason == referred.unknown[0]]
        self._strays += [_strays(rows, referred) for rows in nowhere]
        return reasons_of(frame, failures)

    @cached_property
    def _villages(self) -> Referred:
        return self._referred("village_id", ["households"])

    @cached_property
    def _households(self) -> Referred:
        return self._referred("household_id", [name for name in TABLES if name not in PLACES])

    @property
    def _places(self) -> list[tuple[str, str]]:
        """Name the ids that others refer to, and their tables, of those that came."""
        return [(column, name) for column, (name, *_) in NOUNS.items() if name in self._tables]

    def _written(self, name: str) -> pl.DataFrame:
        column = next(column for column, (table, *_) in NOUNS.items() if table == name)
        parts = [part.written(column) for part in self._parts if part.raw.name == name]
        return pl.concat([pl.DataFrame(schema=WRITTEN), *parts])

    def _referred(self, column: str, referring: Sequence[str]) -> Referred:
        name = NOUNS[column][0]
        return Referred(
            column,
            self._tables[name][column].unique() if name in self._tables else pl.Series([], dtype=pl.String),
            self._written(name),
            self._reasons.get(name, self._reasons[""]),
            {part.raw.file: part.cast.frame[column] for part in self._parts if part.raw.name in referring},
        )


def _strays(rows: pl.DataFrame, referred: Referred) -> pl.DataFrame:
    looks = referred.strays.select("id", pl.col("look").hash(seed=0))
    places = rows.select("file", "row", pl.lit(referred.column).alias("column"), id=referred.column)
    return places.join(looks, on="id", maintain_order="left").drop("id")


def _of_other_counties(ids: pl.Series, county_id: str) -> list[Finding]:
    """Say why villages bear another county's id than that of their folder."""
    other = (ids != county_id).fill_null(value=True)
    looks = ids.to_frame("id").select(look(pl.col("id")), look(pl.lit(county_id)).alias("own"))
    spelt = other & (looks["id"] == looks["own"]).fill_null(value=False)
    alike = ids.filter(spelt).head(1)
    zh, en = next(differences(alike, pl.Series([county_id])[: len(alike)]).iter_rows(), ("", ""))
    words = OTHER_COUNTY if (ids == county_id).any() else MISNAMED_FOLDER
    return [
        Finding(
            spelt,
            "county_id",
            f"县编号与文件夹写法不同：{zh} / county id spelt unlike the folder it lies in: {en}",
            "两处写法改一致 / write both alike",
        ),
        Finding(other & ~spelt, "county_id", *words),
    ]


def _owners(delivered: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    rows = delivered.join(reasons.select("file", "row").unique(), on=["file", "row"], how="semi")
    named = [
        pl.col(name) if name in rows.columns else pl.lit(None, kind).alias(name)
        for name, kind in OWNERS.items()
    ]
    return rows.select(named)


def _ledger(
    name: str,
    files: list[str],
    delivered: pl.DataFrame,
    accepted: pl.DataFrame,
    reasons: pl.DataFrame,
    repeated: pl.DataFrame,
) -> pl.DataFrame:
    counted = {
        "rows_in": delivered,
        "accepted": accepted,
        "quarantined": reasons.select("file", "row").unique(),
        "duplicates": repeated,
    }
    ledger = pl.DataFrame({"file": files}).unique()
    for column, rows in counted.items():
        sizes = rows.group_by("file").agg(pl.len().cast(pl.Int64).alias(column))
        ledger = ledger.join(sizes, on="file", how="left").with_columns(pl.col(column).fill_null(0))
    return ledger.sort("file").select("file", pl.lit(name).alias("table"), *counted)
