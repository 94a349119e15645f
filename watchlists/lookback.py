"""Judge what came back from visits: what is new, what was known, what cannot be taken, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from register.casting import cast
from register.errors import ContractError
from register.lookback_store import RECORDS, latest
from register.quarantine import REASONS, Finding, reasons_of, without_duplicates, without_rows
from register.seasons import season_end
from register.sources.delivery import RawTable
from register.tables.lookbacks import LOOKBACKS
from watchlists.lookback_sheet import Filled
from watchlists.release import Release, Releases, release_of_list

LEDGER = ("rows_in", "accepted", "unfilled", "quarantined", "duplicates")
ROW = ["file", "row"]
#: A visit is told again when all of this is the same; whose list led to it and when it was entered is not.
CONTENT = [name for name in LOOKBACKS.schema if name not in ("season", "recorded_on")]
NOT_LISTED = (
    "该户不在这份名单上 / the household is not on this list",
    "核对户编号，从名单复制 / compare the id, copy it from the list",
)
BEFORE_LIST = (
    "走访早于名单的截止日期 / visited before the day the list was judged as of",
    "更正走访日期 / correct the date of the visit",
)
NOT_YET = (
    "走访日期在读回之后 / visited after the day it is read back",
    "更正走访日期 / correct the date of the visit",
)
SUPERSEDED = (
    "与已被更正的旧内容相同 / the same as what has been corrected since",
    "如属实，在备注中说明后再读回 / if it is true after all, say so in the note",
)


@dataclass(frozen=True)
class ReadBack:
    """What a reading came to.

    Attributes
    ----------
    accepted : DataFrame
        New visits and new versions of visits (`register.lookback_store.RECORDS`).
    reasons : DataFrame
        Every reason against every quarantined row.
    ledger : DataFrame
        By file ``rows_in = accepted + unfilled + quarantined + duplicates``, and its hash.
    """

    accepted: pl.DataFrame
    reasons: pl.DataFrame
    ledger: pl.DataFrame


def release_of(filled: Filled, releases: Releases) -> Release:
    """Find the release a workbook is of.

    Raises
    ------
    ContractError
        When no release of that season holds that list.
    """
    found = release_of_list(releases, filled.season, filled.list_id)
    if found is None:
        raise ContractError(
            f"{filled.file}: made from list {filled.list_id} of {filled.season}, which no release here "
            "holds; read it back where it was published (huitou releases)"
        )
    return found


def judge(filled: Sequence[tuple[Filled, Release]], stored: pl.DataFrame, recorded_on: date) -> ReadBack:
    """Judge filled workbooks together.

    A row without a result is not filled yet, whatever else it says. Two rows about one
    visit that differ are both set aside; a row that differs from what an earlier reading
    said is its correction.

    Parameters
    ----------
    filled : sequence of (Filled, Release)
        Each workbook once, with the release it is of.
    stored : DataFrame
        What earlier readings left (`register.lookback_store.LookbackStore.records`).
    recorded_on : date
        When these are read back.

    Returns
    -------
    ReadBack
    """
    sheets = [_cast(one, release, recorded_on) for one, release in filled]
    rows = pl.concat([pl.DataFrame(schema=_JUDGED), *(frame for frame, _ in sheets)])
    spoilt = pl.concat([pl.DataFrame(schema=REASONS), *(reasons for _, reasons in sheets)])
    # What is known goes first: a file that was read before is no party to a contradiction.
    sound = without_rows(rows, spoilt)
    known, undone = _told_before(sound, stored)
    told = pl.concat([known, undone.select(ROW)])
    fresh = sound.join(told, on=ROW, how="anti", maintain_order="left")
    accepted, repeated, at_odds = without_duplicates(fresh, LOOKBACKS)
    reasons = pl.concat([spoilt, undone, at_odds]).sort(ROW, maintain_order=True)
    duplicates = pl.concat([known, repeated])
    counted = {"accepted": accepted, "quarantined": reasons.select(ROW).unique(), "duplicates": duplicates}
    return ReadBack(accepted.select(list(RECORDS)), reasons, _ledger(filled, counted))


_JUDGED = {**RECORDS, "file": pl.String(), "row": pl.UInt32()}


def _cast(filled: Filled, release: Release, recorded_on: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cast the filled rows of one workbook and hold them against its list."""
    sheet = filled.sheet.where(filled.sheet.frame["result"].is_not_null())
    told = sheet.frame.with_columns(season=pl.lit(filled.season), recorded_on=pl.lit(recorded_on.isoformat()))
    done = cast(RawTable(LOOKBACKS.name, filled.file, told, sheet.rows, sheet.findings), LOOKBACKS)
    # No officer has entered a recorded_on: a visit in the future is told of by its own column.
    misspelt = done.reasons.filter(pl.col("column") != "recorded_on")
    place = release.list.select("household_id", "county_id")
    listed = done.frame.join(place, on="household_id", how="left", maintain_order="left")
    stray = listed["household_id"].is_not_null() & listed["county_id"].is_null()
    early = (listed["visited_on"] < season_end(filled.season)).fill_null(value=False)
    late = (listed["visited_on"] > recorded_on).fill_null(value=False)
    held = [
        Finding(stray, "household_id", *NOT_LISTED),
        Finding(early, "visited_on", *BEFORE_LIST),
        Finding(late, "visited_on", *NOT_YET),
    ]
    whence = {"source_kind": release.source_kind, "list_id": filled.list_id, "file_sha256": filled.sha256}
    judged = listed.with_columns(pl.lit(value).alias(name) for name, value in whence.items())
    return judged.select(list(_JUDGED)), pl.concat([misspelt, reasons_of(done.frame, held)])


def _told_before(rows: pl.DataFrame, stored: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the rows that say what is known, and those that say what has been corrected since."""
    said = ["source_kind", *CONTENT]
    versions = stored.with_columns(latest(stored)).select(*said, "latest")
    holds = versions.filter("latest").select(said).unique()
    known = rows.join(holds, on=said, how="semi", nulls_equal=True)
    others = rows.join(known.select(ROW), on=ROW, how="anti", maintain_order="left")
    old = others.join(versions, on=said, how="semi", nulls_equal=True, maintain_order="left")
    read = old["file_sha256"].is_in(stored["file_sha256"].unique().implode())
    undone = reasons_of(old, [Finding(~read, "result", *SUPERSEDED)])
    return pl.concat([known.select(ROW), old.filter(read).select(ROW)]), undone


def _ledger(filled: Iterable[tuple[Filled, Release]], counted: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    schema = {"file": pl.String(), "sha256": pl.String(), **dict.fromkeys(LEDGER, pl.Int64())}
    return pl.DataFrame([_entry(one, counted) for one, _ in filled], schema=schema)


def _entry(filled: Filled, counted: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    own = {name: int((rows["file"] == filled.file).sum()) for name, rows in counted.items()}
    numbers = {
        "rows_in": len(filled.sheet.frame),
        "unfilled": filled.sheet.frame["result"].null_count(),
        **own,
    }
    return {"file": filled.file, "sha256": filled.sha256, **{name: numbers[name] for name in LEDGER}}
