"""Which household of a wave is which of the waves before: households split, and one part keeps the number."""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from register.errors import ContractError
from register.sources.panel.waves import Wave

#: A household: its wave, and its number there.
KEYS = ("wave", "household")


def refuse_strangers(ids: pl.DataFrame, waves: Sequence[Wave]) -> None:
    """Refuse waves of which hardly a household is there again because its number is written otherwise.

    Parameters
    ----------
    ids : DataFrame
        ``wave, household_id``.
    waves : sequence of Wave

    Raises
    ------
    ContractError
        When nobody of a wave is there in the next, or twice as many would be without leading zeros.
    """
    bare = pl.col("household_id").str.replace_all(r"(^|-)0+([0-9])", "${1}${2}")
    for one, other in pairwise(waves):
        early, late = (ids.filter(pl.col("wave") == wave.name) for wave in (one, other))
        again = len(early.join(late, on="household_id", how="semi"))
        alike = len(early.with_columns(bare).join(late.with_columns(bare), on="household_id", how="semi"))
        if (len(waves) == 2 and again == 0) or alike > 2 * again:
            raise ContractError(
                f"the mapping: {again} of {len(early)} households of wave {one.name} are there in "
                f"{other.name}, {alike} if 001 is 1; write drop_zeros: true in the files, or map `origin`"
            )


def register_ids(
    households: pl.DataFrame, members: pl.DataFrame | None, waves: Sequence[Wave]
) -> pl.DataFrame:
    """Give each household of each wave the id it has in the register.

    Of the parts of a household that split, the one with the person who was its head keeps the id; where
    nobody says who that was, the one with the most people, then the first by number. The others are new
    households.

    Parameters
    ----------
    households : DataFrame
        ``wave, household, origin, size``: origin is the number in an earlier wave; without the column a
        number is the same household's in all waves.
    members : DataFrame or None
        ``wave, household, person, relation``, as far as they are mapped.
    waves : sequence of Wave
        In the order of time.

    Returns
    -------
    DataFrame
        ``wave, household, household_id, split_from``: the last is the id of the household that a new part
        comes from, missing for all others.
    """
    if "origin" not in households.columns:
        same = households.select(*KEYS, household_id="household")
        return same.with_columns(split_from=pl.lit(None, pl.String))
    heads, counts = _heads(members), _counts(households, members)
    earlier, taken, parts = (
        dict[str, tuple[str, str | None]](),
        set[str](),
        list[tuple[str, str, str, str | None]](),
    )
    for wave in waves:
        rows = (
            households.filter(pl.col("wave") == wave.name)
            .sort("household")
            .select("household", "origin")
            .rows()
        )
        claims: dict[str, list[str]] = {}
        for household, origin in rows:
            if origin in earlier:
                claims.setdefault(earlier[origin][0], []).append(household)
        before = dict(earlier.values())
        keepers = {
            min(claimed, key=lambda one: (*_rank(wave.name, one, before[own], heads, counts), one)): own
            for own, claimed in claims.items()
        }
        now = {}
        for household, origin in rows:
            own = keepers.get(household) or _fresh(household, wave.name, taken)
            taken.add(own)
            now[household] = (own, heads.get((wave.name, household), (None, frozenset()))[0])
            is_new_part = origin in earlier and household not in keepers
            parts.append((wave.name, household, own, earlier[origin][0] if is_new_part else None))
        earlier |= now
    schema = dict.fromkeys((*KEYS, "household_id", "split_from"), pl.String)
    return pl.DataFrame(parts, schema=schema, orient="row")


def _rank(
    wave: str,
    household: str,
    head: str | None,
    heads: dict[tuple[str, str], tuple[str | None, frozenset[str]]],
    counts: dict[tuple[str, str], float],
) -> tuple[bool, float]:
    """Put the part with the earlier head first, then the largest."""
    people = heads.get((wave, household), (None, frozenset()))[1]
    return head is None or head not in people, -counts.get((wave, household), 0.0)


def _fresh(household: str, wave: str, taken: set[str]) -> str:
    """Give a new household its own number, with its wave where another has it already."""
    return household if household not in taken else f"{household}@{wave}"


def _heads(members: pl.DataFrame | None) -> dict[tuple[str, str], tuple[str | None, frozenset[str]]]:
    """Give the head and the people of each household and wave."""
    if members is None:
        return {}
    is_head = pl.col("relation") == "head" if "relation" in members.columns else pl.lit(value=False)
    grouped = members.group_by(KEYS).agg(
        pl.col("person").filter(is_head).sort().first().alias("head"), "person"
    )
    return {
        (wave, household): (head, frozenset(people)) for wave, household, head, people in grouped.iter_rows()
    }


def _counts(households: pl.DataFrame, members: pl.DataFrame | None) -> dict[tuple[str, str], float]:
    """Count the people of each household and wave, else take its size."""
    if members is not None:
        return {
            (wave, household): float(n) for wave, household, n in members.group_by(KEYS).len().iter_rows()
        }
    if "size" not in households.columns:
        return {}
    return {
        (wave, household): size or 0.0
        for wave, household, size in households.select(*KEYS, "size").iter_rows()
    }
