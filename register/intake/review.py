"""Look through a delivery without taking it in: what would be refused, what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from register.consistency import Examined, examine
from register.errors import ContractError
from register.ids.homonyms import Homonym
from register.intake.admission import admit
from register.intake.admitted import Admitted, check_county, regions_of
from register.intake.counties import opened, take_counties, with_other_counties
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
    lines : DataFrame
        The income lines it brings or goes by (`register.shard.LINES_SCHEMA`).
    regions : dict of str to list of str
        By county the regions that its villages lie in; several or none is a refusal.
    overruled : DataFrame
        What would have been said against rows but for a signature, as `quarantined` less its places.
    """

    admitted: dict[str, Admitted]
    examined: list[Examined]
    quarantined: pl.DataFrame
    refusals: list[ContractError]
    lines: pl.DataFrame
    regions: dict[str, list[str]]
    overruled: pl.DataFrame


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
        When files can not be read or their headers break the contract: all of them at once.
    """
    counties, lines = opened(source)

    def take(county: str, claimed: Sequence[Homonym]) -> _County:
        admitted = admit(
            county, source.tables(county), settings.delivered_on, claimed, settings.unrounded_ids
        )
        return _County.of(county, admitted, lines)

    done = take_counties(source, walk(counties, "check"), take, lambda one: one.admitted)
    admitted = {county: one.admitted for county, one in done.items()}
    quarantined = pl.concat([pl.DataFrame(schema=PLACED), *(one.quarantined for one in done.values())])
    return Reviewed(
        admitted,
        [one.examined for one in done.values() if one.examined],
        with_other_counties(quarantined, admitted),
        [one.refusal for one in done.values() if one.refusal],
        lines,
        {county: one.regions for county, one in done.items()},
        pl.concat([pl.DataFrame(schema=REASONS), *(one.overruled for one in admitted.values())]),
    )


@dataclass(frozen=True)
class _County:
    """What was found in one county: examined or refused."""

    admitted: Admitted
    quarantined: pl.DataFrame
    regions: list[str]
    examined: Examined | None = None
    refusal: ContractError | None = None

    @classmethod
    def of(cls, county: str, admitted: Admitted, lines: pl.DataFrame) -> "_County":
        reports, placed = admitted.without_tables(), _placed(county, admitted)
        regions = regions_of(admitted)
        try:
            check_county(county, admitted, lines)
            return cls(reports, placed, regions, examined=examine(admitted.tables, lines))
        except ContractError as refusal:
            return cls(reports, placed, regions, refusal=refusal)


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
