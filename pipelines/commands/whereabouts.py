"""What `huitou find` gathers of one household: from register, release, visits and, asked for, the vault."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from pipelines.commands.explain_household import reference_of
from pipelines.commands.roll import homes
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import HERE, today
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore, holding
from register.off_list_store import off_list_store
from register.shard import Shard
from register.store import MANIFEST
from register.vault.place import VaultPlace
from watchlists.reasons.cause_sentences import Sentence
from watchlists.reasons.explanation import explanation
from watchlists.reasons.explanation_words import place_on_list
from watchlists.reasons.row_shape import with_page
from watchlists.reasons.whereabouts import category, monitored, outside, visited
from watchlists.release.store import Release
from watchlists.sheets.identified import identified


def whereabouts(
    shard: Shard, household_id: str, release: Release, params: Parameters, *, with_names: bool
) -> Iterator[Sentence]:
    """Tell who a household is, where it stands on the list, whether it is monitored, and its last visits.

    Parameters
    ----------
    shard : Shard
        Of its county; what it says of today is told.
    household_id : str
    release : Release
        Verified.
    params : Parameters
    with_names : bool
        Whether to tell what the vault holds.

    Yields
    ------
    (str, str)
        Sentences, Chinese and English.
    """
    own = pl.col("household_id") == household_id
    home = homes(shard, today()).filter(own)
    yield from _who(home, shard, household_id, params, with_names=with_names)
    if (release.scores["household_id"] == household_id).any():
        document = explanation(release, household_id, reference_of(release))
        yield (f"{release.season}：", f"{release.season}:")
        yield place_on_list(document)
        yield from ((f"{one['zh']}。", f"{one['en']}.") for one in document["rules"])
        yield from _why_now(release.list.filter(own))
    else:
        yield from outside(release.season)
    yield from monitored(shard.view("monitoring", today()).filter(own).sort("occurred_on").to_dicts())
    yield from visited(_visits(household_id, params))


def _who(
    home: pl.DataFrame, shard: Shard, household_id: str, params: Parameters, *, with_names: bool
) -> Iterator[Sentence]:
    yield (f"户编号 {household_id}", f"household {household_id}")
    for row in home.iter_rows(named=True):
        zh, en = category(row["category"])
        village = row["village_name"] or row["village_id"]
        place = f"{row['county_id']} {row['township_id']} {village}"
        yield (f"{place}，{zh}", f"{place}, {en}")
        if with_names:
            yield from _named(row["county_id"], shard, household_id, params)


def _named(county: str, shard: Shard, household_id: str, params: Parameters) -> Iterator[Sentence]:
    facts = json.loads((HERE.register / MANIFEST).read_bytes()).get("vault")
    rows = [{"household_id": household_id}]
    (row,) = identified(rows, VaultPlace.of(params.privacy), county, facts, shard.view("members", today()))
    words = {"head": ("户主", "head"), "number": ("系统户编号", "own number"), "phone": ("电话", "phone")}
    for name, (zh, en) in {**words, "address": ("住址", "address")}.items():
        if row[name]:
            yield (f"{zh} {row[name]}", f"{en} {row[name]}")


def _why_now(listed: pl.DataFrame) -> Iterator[Sentence]:
    """Tell why a listed household is to be visited, as its sheet does."""
    for row in map(with_page, listed.iter_rows(named=True)):
        for zh, en in zip(row["now_zh"], row["now_en"], strict=True):
            yield (f"为什么现在去：{zh}", f"Why now: {en}")


def _visits(household_id: str, params: Parameters) -> list[dict[str, Any]]:
    """Gather the visits that hold, to a list and off it."""
    key_file = seal_key_file(params.privacy)
    stores = {False: LookbackStore(HERE.lookbacks, key_file), True: off_list_store(HERE.lookbacks, key_file)}
    return [
        {**row, "is_off_list": is_off_list}
        for is_off_list, store in stores.items()
        for row in holding(store.records()).filter(household_id=household_id).iter_rows(named=True)
    ]
