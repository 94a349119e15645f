"""`huitou find`: where a household stands, by its id, its own number or its head's name."""

import polars as pl

from pipelines.commands.roll import roll_of
from pipelines.commands.whereabouts import whereabouts
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.events import keep_event
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE, today
from register.errors import ParamsError, SourceError, StoreError
from register.shard import Shard
from register.store import Register
from watchlists.lookbacks.off_list.household import heads_named
from watchlists.reasons.whereabouts import masked
from watchlists.release.store import open_release

SEVERAL = (
    "{n}户的户主叫这个名字，请用户编号再查：",
    "{n} households have a head of that name; find the one by its id:",
)
ESCAPE = "加 --with-names 显示姓名 add --with-names to show names"


def find(wanted: str, season: str, *, with_names: bool) -> str:
    """Say where a household stands; of several whose heads have one name list all.

    Parameters
    ----------
    wanted : str
        Id of the list, own number as it was delivered, or the householder's name.
    season : str
        A released season, or ``current``.
    with_names : bool
        Whether to show names, numbers, phones and addresses, from the vault.

    Returns
    -------
    str
        Sentences in Chinese and English.

    Raises
    ------
    SeasonError
        When the season was never released.
    StoreError
        When release, register or vault are damaged, or a key is another one.
    SourceError
        When nobody is found.
    ParamsError
        When names are wanted and none were kept.
    """
    params = load_params()
    if with_names and not params.privacy.vault:
        raise ParamsError("privacy.vault: empty, so nobody's name was kept; leave out --with-names")
    release = open_release(releases_of(HERE, params), season)
    register = Register(HERE.register)
    shard, household_id = _by_id(register, _ids(wanted, params))
    if shard is None:
        named = heads_named(roll_of(register.counties, today(), params), wanted)
        if named.is_empty():
            raise SourceError(
                f"{HERE.register}: no household of the register has such an id, own number or householder's "
                "name; write the id as in the list, the own number as in the export, whole and with its "
                "zeros, or the name as it was registered"
            )
        if len(named) > 1:
            if with_names:
                keep_event(HERE, params, "find", release=release.folder.name, household=_each(named))
            return _listed(named, with_names=with_names)
        shard, household_id = register.shard(named["county_id"][0]), named["household_id"][0]
    if with_names:
        keep_event(HERE, params, "find", release=release.folder.name, household=household_id)
    sentences = whereabouts(shard, household_id, release, params, with_names=with_names)
    return "".join(f"{zh}\n    {en}\n" for zh, en in sentences)


def _each(named: pl.DataFrame) -> str:
    return " ".join(named["household_id"].sort())


def _ids(wanted: str, params: Parameters) -> list[str]:
    """Give the ids it may be; without the key none stands for an own number."""
    try:
        return [wanted.strip(), kept_id(wanted, noted_key(HERE), params.privacy)]
    except StoreError:
        return [wanted.strip()]


def _by_id(register: Register, ids: list[str]) -> tuple[Shard | None, str]:
    for county in register.counties:
        shard = register.shard(county)
        known = shard.tables["households"].filter(pl.col("household_id").is_in(ids))
        if len(known):
            return shard, str(known["household_id"][0])
    return None, ""


def _listed(named: pl.DataFrame, *, with_names: bool) -> str:
    lines = [words.format(n=len(named)) for words in SEVERAL]
    for row in named.sort("county_id", "village_id", "household_id").iter_rows(named=True):
        head = row["head"] if with_names else masked(row["head"])
        place = " ".join((row["county_id"], row["township_id"], row["village_name"] or row["village_id"]))
        lines.append(f"{row['household_id']}  {head}  {place}")
    return "".join(f"{line}\n" for line in [*lines, *([] if with_names else [ESCAPE])])
