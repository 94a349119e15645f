"""The canary of time: whatever happens to the records after a date, no feature at it may change."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import polars as pl

from features.declaration import Feature
from features.engine import build_features
from models.registry.canaries import Canary
from models.registry.parameters import CanaryParameters
from models.risk.sampling import household_lot
from register.shard import MARKS, Shard
from register.tables import TABLES

Tables = dict[str, pl.DataFrame]


def scrambled_future(
    shard: Shard,
    dates: Sequence[date],
    day: date,
    resources_months: int,
    settings: CanaryParameters,
    features: Sequence[Feature] | None = None,
) -> Canary:
    """Rebuild the features of some villages with the future dropped, and with it scrambled.

    Parameters
    ----------
    shard : Shard
        One county.
    dates : sequence of date
        Month ends to build at, ascending, `day` and a later one among them: a feature
        that looks along the dates would look there.
    day : date
        Whatever was recorded or happened after it is the future.
    resources_months : int
        As in `build_features`.
    settings : CanaryParameters
        ``households``: about how many, whole villages of them; ``seed`` of the scrambling.
    features : sequence of Feature, optional
        All declared ones by default.

    Returns
    -------
    Canary
        Passed when not one bit differs; a future without records proves nothing.

    References
    ----------
    RELIABILITY M20: of four leaks, dropping caught four and changing three.
    """
    tables = _of_villages(shard, settings.households)
    future = sum(len(frame.filter(_is_future(name, day))) for name, frame in tables.items())
    until = [one for one in dates if one <= day]
    built = build_features(Shard.of(tables, shard.lines), dates, resources_months, features)
    untouched = built.filter(pl.col("as_of_date") <= day)
    changed: set[str] = set()
    for tamper in (_dropped, _scrambled):
        other = _tampered(tables, day, partial(tamper, seed=settings.seed))
        again = build_features(Shard.of(other, shard.lines), until, resources_months, features)
        changed |= _different(untouched, again)
    households = untouched["household_id"].n_unique()
    differing = f"{', '.join(sorted(changed)) or 'nothing'} changed"
    return Canary(
        canary="scrambled_future",
        passed=not changed and households > 0 and future > 0,
        is_leak=bool(changed),
        found=f"{differing}; {households} households, {future} records after {day.isoformat()}",
        allowed="nothing changes, and there is a future",
    )


def _of_villages(shard: Shard, households: int) -> Tables:
    """Keep whole villages, the first by lot, with about so many households."""
    homes = shard.tables["households"]
    names = homes["village_id"].unique().sort()
    wanted = max(1, round(len(names) * households / max(homes["household_id"].n_unique(), 1)))
    villages = names.gather(household_lot(names, "canary").argsort()[:wanted])
    members = homes.filter(pl.col("village_id").is_in(villages.implode()))["household_id"].unique()
    owners = {"household_id": members, "village_id": villages}
    return {
        name: frame.drop(MARKS).filter(pl.col(owner).is_in(owners[owner].implode()))
        for name, frame in shard.tables.items()
        for owner in ["household_id" if "household_id" in frame.columns else "village_id"]
    }


def _tampered(tables: Tables, day: date, tamper: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Tables:
    """Leave what happened and was known by `day`; villages stay where all were entered later."""
    tampered = {}
    for name, frame in tables.items():
        is_future = _is_future(name, day)
        past, future = frame.filter(~is_future), frame.filter(is_future)
        is_all = name == "villages" and past.is_empty()
        tampered[name] = frame if is_all else pl.concat([past, tamper(name, future)])
    return tampered


def _dropped(_: str, future: pl.DataFrame, seed: int) -> pl.DataFrame:  # noqa: ARG001 - one of two ways
    return future.clear()


def _scrambled(name: str, future: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Deal every column out anew, but for what says whose and when, and the region."""
    table = TABLES[name]
    kept = {"household_id", "village_id", "region_id", "recorded_on", table.event, *table.key, *table.entity}
    return future.with_columns(pl.exclude(*kept).shuffle(seed=seed))


def _is_future(name: str, day: date) -> pl.Expr:
    return (pl.col("recorded_on") > day) | (pl.col(TABLES[name].event) > day)


def _different(one: pl.DataFrame, other: pl.DataFrame) -> set[str]:
    if len(one) != len(other):
        return {"the households there are"}
    return {name for name in one.columns if not one[name].eq_missing(other[name]).all()}
