"""What is known of a month: the list in force, visits to its households and to others, their homes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.workspace.homes_on_record import homes_on_record
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE
from register.errors import SeasonError
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore, visits_today
from register.off_list_store import off_list_store
from register.seasons import season_end
from register.store import MANIFEST, Register
from watchlists.ledger.tasks import NOTHING_BACK, tasks
from watchlists.ledger.visits import HOUSEHOLD
from watchlists.monthly.cases import DUE, Known
from watchlists.monthly.month import Month
from watchlists.monthly.proposals import HOMES
from watchlists.release.store import CURRENT, LISTED, Release, Releases, list_id, open_release


@dataclass(frozen=True)
class MonthRecords:
    """What a month's papers are made from, and the release whose list was in force."""

    known: Known
    in_force: Release


def month_records(month: Month, params: Parameters, day: date) -> MonthRecords:
    """Gather what is known of a month by a day.

    Raises
    ------
    SeasonError
        When no list was in force in the month.
    StoreError
        When releases, look-backs or register are damaged.
    """
    releases = releases_of(HERE, params)
    seasons = _seasons(releases)
    name = _in_force(seasons, month)
    in_force = open_release(releases, name)
    key_file = seal_key_file(params.privacy)
    stores = (LookbackStore(HERE.lookbacks, key_file), off_list_store(HERE.lookbacks, key_file))
    visits, off_list = (
        visits_today(one.records()).filter(source_kind=in_force.source_kind) for one in stores
    )
    of_month = visits.filter(pl.col("visited_on").is_between(month.first, month.last))
    others = sorted((set(of_month["season"]) & set(seasons)) - {name})
    listed = [
        _due(release, params) for release in (*(open_release(releases, one) for one in others), in_force)
    ]
    homes = _homes([*listed, of_month, off_list], month, day)
    return MonthRecords(Known(pl.concat(listed), visits, off_list, homes), in_force)


def _seasons(releases: Releases) -> list[str]:
    """Name the seasons that were released, the oldest first."""
    links = releases.root.glob("*") if releases.root.is_dir() else ()
    return sorted(link.name for link in links if link.is_symlink() and link.name != CURRENT)


def _in_force(seasons: Iterable[str], month: Month) -> str:
    """Name the season of the newest list from before a month."""
    before = [one for one in seasons if season_end(one) < month.first]
    if not before:
        raise SeasonError(
            f"month: found {month.name}, before which no list was released; "
            f"allowed are months after the last day of {', '.join(seasons) or 'a released season'}"
        )
    return max(before, key=season_end)


def _due(release: Release, params: Parameters) -> pl.DataFrame:
    """Give a list's households, the list's day, and by when each is to be visited."""
    day, rules = season_end(release.season), params.watchlist.ledger
    made = list_id(release.folder / LISTED)
    planned = tasks(release.list, release.season, made, NOTHING_BACK, rules, day)
    dated = planned.with_columns(pl.lit(day).alias("listed_on"))
    return dated.select(pl.col(name).cast(kind) for name, kind in DUE.items())


def _homes(tables: Iterable[pl.DataFrame], month: Month, day: date) -> pl.DataFrame:
    """Look up everybody in the register that lies here; nobody where none does."""
    wanted = pl.concat([one.select(HOUSEHOLD) for one in tables]).unique()
    parts = [pl.DataFrame(schema=HOMES)]
    register = Register(HERE.register) if (HERE.register / MANIFEST).is_file() else None
    for county in wanted["county_id"].unique().sort():
        if register and county in register.counties:
            ids = wanted.filter(county_id=county)["household_id"].to_list()
            parts.append(homes_on_record(register, county, ids, month.last, day))
    return pl.concat(parts)
