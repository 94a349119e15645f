"""Look through a delivery without taking it in: what would be refused, what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from register.consistency import Examined, examine
from register.errors import ContractError
from register.ids.county_ids import refuse_county_ids
from register.ids.homonyms import Homonym
from register.intake.admission import admit
from register.intake.admitted import Admitted, check_county
from register.intake.counties import take_counties, with_other_counties
from register.intake.ingest import Settings, Walk
from register.quarantine import REASONS
from register.sources.delivery import Source
from register.tables import TABLES

PLACED = {"county_id": pl.String(), "township_id": pl.String(), **REASONS}


@dataclass(frozen=True)
class Reviewed:
    """What a delivery is worth.

    Attributes
    ----------
    admitted : dict of str to Admitted
        The reports of every county, without its tables.
    examined : list of Examined
        The findings of every county that a register could be made of, ids as delivered.
    quarantined : DataFrame
        Columns of `PLACED`: every reason against every row, with the township that mends
        it; missing where the row does not say whose it is.
    refusals : list of ContractError
        Why no register can be made of the other counties.
    """

    admitted: dict[str, Admitted]
    examined: list[Examined]
    quarantined: pl.DataFrame
    refusals: list[ContractError]


def review(source: Source, settings: Settings, walk: Walk) -> Reviewed:
    """Admit and examine every county; nothing is written, and no county hides another.

    Parameters
    ----------
    source : Source
    settings : Settings
        Its day of delivery is used.
    walk : callable
        Shows progress over the counties.

    Returns
    -------
    Reviewed

    Raises
    ------
    HuitouError
        When a file can not be read or its header breaks the contract.
    """
    counties, lines = source.counties(), source.lines()
    refuse_county_ids(counties)

    def take(county: str, claimed: Sequence[Homonym]) -> _County:
        admitted = admit(county, source.tables(county), settings.delivered_on, claimed)
        return _County.of(county, admitted, lines)

    done = take_counties(walk(counties, "check"), take, lambda one: one.admitted)
    admitted = {county: one.admitted for county, one in done.items()}
    quarantined = pl.concat([pl.DataFrame(schema=PLACED), *(one.quarantined for one in done.values())])
    return Reviewed(
        admitted,
        [one.examined for one in done.values() if one.examined],
        with_other_counties(quarantined, admitted),
        [one.refusal for one in done.values() if one.refusal],
    )


@dataclass(frozen=True)
class _County:
    """What was found in one county: examined or refused."""

    admitted: Admitted
    quarantined: pl.DataFrame
    examined: Examined | None = None
    refusal: ContractError | None = None

    @classmethod
    def of(cls, county: str, admitted: Admitted, lines: pl.DataFrame) -> "_County":
        reports, placed = admitted.without_tables(), _placed(county, admitted)
        try:
            check_county(county, admitted, lines)
            return cls(reports, placed, examined=examine(admitted.tables, lines))
        except ContractError as refusal:
            return cls(reports, placed, refusal=refusal)


def _placed(county: str, admitted: Admitted) -> pl.DataFrame:
    """Say in which township each quarantined row is to be mended."""
    townships = _latest(admitted, "villages", ("village_id", "township_id"))
    homes = _latest(admitted, "households", ("household_id", "village_id"))
    owners = (
        admitted.owners.join(homes, on="household_id", how="left")
        .with_columns(pl.coalesce("village_id", "village_id_right").alias("village_id"))
        .join(townships, on="village_id", how="left")
        .select("file", "row", "township_id")
    )
    placed = admitted.reasons.join(owners, on=["file", "row"], how="left", maintain_order="left")
    return placed.select(pl.lit(county).alias("county_id"), *list(PLACED)[1:])


def _latest(admitted: Admitted, name: str, columns: tuple[str, str]) -> pl.DataFrame:
    table = admitted.tables.get(name, pl.DataFrame(schema=TABLES[name].schema))
    return table.sort("recorded_on").select(columns).unique(columns[0], keep="last")
