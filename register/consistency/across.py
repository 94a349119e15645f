"""One phone, number or id in two counties: compared by hashes that never leave memory."""

from collections.abc import Sequence

import polars as pl

from register.consistency import identity, numbering
from register.consistency.declaration import CHECKS
from register.consistency.known import Known

ENTRIES = {**identity.ENTRIES, **numbering.ENTRIES}
MARKS = {
    "code": pl.String(),
    "mark": pl.UInt64(),
    "county_id": pl.String(),
    "township_id": pl.String(),
    "village_id": pl.String(),
    "household_id": pl.String(),
    "member_id": pl.String(),
}


def marks_of(known: Known) -> pl.DataFrame:
    """Hash every phone, identity number and id of a county, with whose it is.

    Returns
    -------
    DataFrame
        Columns of `MARKS`; without rows where none was delivered.
    """
    parts = [pl.DataFrame(schema=MARKS)]
    for code, (owners, entry) in ENTRIES.items():
        frame = getattr(known, owners)
        if set(entry.meta.root_names()) <= set(frame.columns):
            parts.append(_marked(known, frame.with_columns(entry.alias("entry")), code))
    return pl.concat(parts)


def across_counties(marks: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """List the entries that stand in several counties.

    Parameters
    ----------
    marks : sequence of DataFrame
        One a county, of one process: hashes of two processes do not compare.

    Returns
    -------
    DataFrame
        `MARKS` without the mark, and ``severity, evidence`` as a finding has them.
    """
    every = pl.concat([pl.DataFrame(schema=MARKS), *marks])
    shared = every.filter(pl.col("county_id").n_unique().over("code", "mark") > 1).drop("mark").unique()
    severity = pl.col("code").replace_strict({code: CHECKS[code].severity for code in ENTRIES})
    evidence = pl.format("{}; 跨县 in several counties", _reads())
    return shared.with_columns(severity.alias("severity"), evidence.alias("evidence"))


def _reads() -> pl.Expr:
    return pl.col("code").replace_strict({code: " ".join(CHECKS[code].reads) for code in ENTRIES})


def _marked(known: Known, entered: pl.DataFrame, code: str) -> pl.DataFrame:
    named = entered.filter(pl.col("entry").is_not_null())
    owners = named.with_columns(pl.col("entry").hash().alias("mark"))
    if "household_id" in owners.columns:
        owners = owners.drop("township_id", "village_id", strict=False)
        owners = owners.join(known.places, on="household_id", how="left")
    constants = {"code": code, "county_id": known.county_id}
    absent = [pl.lit(None, kind).alias(name) for name, kind in MARKS.items() if name not in owners.columns]
    complete = owners.with_columns(absent).with_columns(
        pl.lit(value).alias(name) for name, value in constants.items()
    )
    return complete.select(list(MARKS))
