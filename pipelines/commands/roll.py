"""Who lives in a county and under which name a household is known there: register and vault together."""

import json
from collections.abc import Iterable
from datetime import date

import polars as pl

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import HERE
from register.shard import Shard
from register.store import MANIFEST, Register
from register.vault.place import VaultPlace
from watchlists.lookbacks.off_list.household import ROLL
from watchlists.sheets.identified import heads


def roll_of(counties: Iterable[str], day: date, params: Parameters) -> pl.DataFrame:
    """List every household of some counties, with its place and its head's name where one is kept.

    Parameters
    ----------
    counties : iterable of str
        Those that the register does not have are left out.
    day : date
        As known then.
    params : Parameters
        Where the vault lies.

    Returns
    -------
    DataFrame
        `watchlists.lookbacks.off_list.household.ROLL`; no row where there is no register.

    Raises
    ------
    StoreError
        When register or vault are damaged, or the vault's key is another one.
    """
    parts = [pl.DataFrame(schema=ROLL)]
    if (HERE.register / MANIFEST).is_file():
        register = Register(HERE.register)
        for county in sorted({*counties} & {*register.counties}):
            shard = register.shard(county)
            parts.append(homes(shard, day).join(_heads(county, shard, day, params), "household_id", "left"))
    return pl.concat(one.select(list(ROLL)) for one in parts)


def homes(shard: Shard, day: date) -> pl.DataFrame:
    """List the households of a county and where they live or last lived, as known at a day.

    A visit may be read back after its household was split, merged or moved.
    """
    last = shard.known("households", day).sort("household_id", "valid_from")
    villages = shard.view("villages", day).select(
        "village_id", "township_id", "county_id", village_name="name"
    )
    return last.unique("household_id", keep="last", maintain_order=True).join(villages, on="village_id")


def _heads(county: str, shard: Shard, day: date, params: Parameters) -> pl.DataFrame:
    if not params.privacy.vault:
        return pl.DataFrame(schema=dict.fromkeys(("household_id", "head"), pl.String()))
    facts = json.loads((HERE.register / MANIFEST).read_bytes()).get("vault")
    return heads(VaultPlace.of(params.privacy), county, facts, shard.view("members", day))
