"""The valid interviews of all quarters: one frame of households, one of persons."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.errors import ContractError
from register.sources.eph.baskets import OLDEST, first_day
from register.sources.eph.families import families, named_apart, with_birth_dates
from register.sources.eph.files import Quarter, quarters, read_numbers

_KEYS = ("ANO4", "TRIMESTRE", "NRO_HOGAR")
_HOME = ("IV3", "IV4", "IV5", "IV6", "IV7", "IV8", "IV9", "IV12_1", "IV12_2", "IV12_3")
_ROOMS = ("II1", "II7", "II8", "II9")
_STRATEGY = ("V5", "V6", "V7", "V11", "V13", "V14", "V15", "V16", "V17")
HOUSEHOLD = (*_KEYS, "REGION", "AGLOMERADO", "PONDIH", "ITF", *_HOME, *_ROOMS, *_STRATEGY)

_WHO = ("COMPONENTE", "CH03", "CH04", "CH06", "CH08", "CH10", "CH11", "CH12", "CH15", "CH16", "NIVEL_ED")
_JOB = ("ESTADO", "CAT_OCUP", "CAT_INAC", "PP3E_TOT", "PP3F_TOT", "PP04A", "PP04B_COD", "PP04B1")
_JOB_SINCE = ("PP04B3_ANO", "PP04B3_MES", "PP04D_COD", "PP05H", "PP07A", "PP07H")
_EARNED = ("P21", "TOT_P12", "PP08J1", "V2_M", "V3_M", "V4_M", "V5_M", "V8_M", "V9_M", "V10_M")
MONEY = (*_EARNED, "V11_M", "V12_M", "V18_M", "V19_AM", "V21_M")
PERSON = (*_KEYS, *_WHO, *_JOB, *_JOB_SINCE, *MONEY)

#: What the adapter adds: household_id, starts_on, next_on (exclusive) and as_of (last day).
SPAN = ("household_id", "starts_on", "next_on", "as_of")


@dataclass(frozen=True)
class Interviews:
    """Valid interviews, sorted by household and quarter.

    Attributes
    ----------
    households, persons : DataFrame
        `SPAN` and the codes as published, as integers; persons also have ``member_id``,
        ``age`` (0 under one year), ``birth_date`` and ``equivalents``. A family that follows another in
        a dwelling has an id of its own (`register.sources.eph.families`).
    """

    households: pl.DataFrame
    persons: pl.DataFrame

    def of_region(self, region_id: str) -> "Interviews":
        """Keep one region."""
        own = pl.col("region_id") == region_id
        return Interviews(self.households.filter(own), self.persons.filter(own))


def read_interviews(folder: Path, equivalents: pl.DataFrame) -> Interviews:
    """Read every quarter of `folder` and keep the valid interviews.

    Raises
    ------
    ContractError
        When a file's own year and quarter are not those of its name.
    """
    read = [_read_quarter(quarter, *files) for quarter, files in quarters(folder).items()]
    homes = pl.concat(households for households, _ in read)
    persons = _complete(pl.concat(persons for _, persons in read), equivalents)
    numbered = families(persons)
    homes, persons = named_apart(homes, numbered), named_apart(persons, numbered)
    member = pl.concat_str("household_id", pl.col("COMPONENTE").cast(pl.String), separator="_")
    return Interviews(
        homes.sort("household_id", "as_of"),
        persons.with_columns(member.alias("member_id")).sort("household_id", "as_of", "COMPONENTE"),
    )


def _read_quarter(quarter: Quarter, homes: Path, persons: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    valid = _dated(quarter, homes, HOUSEHOLD).filter(pl.col("PONDIH") > 0, pl.col("ITF") >= 0)
    households = valid.with_columns(
        pl.col("REGION").cast(pl.String).alias("region_id"),
        pl.col("AGLOMERADO").cast(pl.String).alias("village_id"),
    ).drop("REGION", "AGLOMERADO")
    regions = households.select("household_id", "region_id")
    return households, _dated(quarter, persons, PERSON).join(regions, on="household_id", how="inner")


def _dated(quarter: Quarter, path: Path, columns: tuple[str, ...]) -> pl.DataFrame:
    frame = read_numbers(path, columns, texts=["CODUSU"])
    _refuse_other_quarter(quarter, path, frame)
    starts = pl.lit(first_day(*quarter))
    whole = [name for name in columns if name not in (*MONEY, "ITF")]
    household = pl.concat_str("CODUSU", pl.col("NRO_HOGAR").cast(pl.String), separator="_")
    return (
        frame.with_columns(pl.col(whole).cast(pl.Int32, strict=False))
        .with_columns(
            household.alias("household_id"),
            starts.alias("starts_on"),
            starts.dt.offset_by("3mo").alias("next_on"),
            starts.dt.offset_by("3mo").dt.offset_by("-1d").alias("as_of"),
        )
        .drop("CODUSU", *_KEYS)
    )


def _refuse_other_quarter(quarter: Quarter, path: Path, frame: pl.DataFrame) -> None:
    held = frame.select("ANO4", "TRIMESTRE").unique().sort("ANO4", "TRIMESTRE").rows()
    if held != [quarter]:
        raise ContractError(
            f"{path}: columns ANO4 and TRIMESTRE are not all {quarter[0]} and {quarter[1]}, as the file name "
            "says; name the file after the quarter it holds"
        )


def _complete(persons: pl.DataFrame, equivalents: pl.DataFrame) -> pl.DataFrame:
    looked_up = pl.when(pl.col("CH06") <= 0).then(-1).otherwise(pl.col("CH06").clip(upper_bound=OLDEST))
    aged = persons.with_columns(looked_up.cast(pl.Int32).alias("CH06"), pl.col("CH06").clip(0).alias("age"))
    return with_birth_dates(aged).join(equivalents, on=["CH04", "CH06"], how="left")
