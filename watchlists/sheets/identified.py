"""Who lives in a listed household and how to reach them, from the vault: for named copies alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from register.vault.place import VaultPlace
from register.vault.reading import read_identities
from register.vault.writing import NUMBERS
from watchlists.sheets.village_groups import group_of

ID = "household_id"


def identified(
    rows: Sequence[Mapping[str, Any]],
    place: VaultPlace,
    county_id: str,
    facts: Mapping[str, Any] | None,
    members: pl.DataFrame,
) -> list[dict[str, Any]]:
    """Add the household's own number, the head's name, a phone and the address to listed households.

    Parameters
    ----------
    rows : sequence of mapping
        Listed households, with ``household_id``.
    place, county_id, facts
        See `register.vault.reading.read_identities`.
    members : DataFrame
        The county's members as the register has them: who the head is.

    Returns
    -------
    list of dict
        The rows with ``number``, ``head``, ``phone``, ``address``; "" where the vault says
        nothing. No identity number of a person is shown: a visit needs none.
    """
    return reached(rows, read_identities(place, county_id, facts), members)


def heads(
    place: VaultPlace, county_id: str, facts: Mapping[str, Any] | None, members: pl.DataFrame
) -> pl.DataFrame:
    """Name the head of every household of a county, to find one by that name.

    Parameters
    ----------
    place, county_id, facts
        See `register.vault.reading.read_identities`.
    members : DataFrame
        The county's members as the register has them: who the head is.

    Returns
    -------
    DataFrame
        ``household_id``, ``head``; no row for a household that names nobody.
    """
    people = _latest_values(
        read_identities(place, county_id, facts), "members", ["household_id", "member_id"]
    )
    named = _heads(people, members.filter(pl.col("relation") == "head")["member_id"])
    if "name" not in named.columns:
        return pl.DataFrame(schema=dict.fromkeys((ID, "head"), pl.String()))
    return named.select(ID, head="name")


def held_of(
    place: VaultPlace, county_id: str, facts: Mapping[str, Any] | None, household_id: str, person: str | None
) -> list[dict[str, Any]]:
    """Give every record the vault holds of a household, for the household itself (`huitou export`).

    Parameters
    ----------
    place, county_id, facts
        See `register.vault.reading.read_identities`.
    household_id : str
    person : str or None
        The member whose names and numbers alone are meant, beside what is of the whole household.

    Returns
    -------
    list of dict
        What a record does not say is left out.
    """
    vault = read_identities(place, county_id, facts)
    own = vault.filter(pl.col(ID) == household_id) if len(vault) else vault
    if person and "member_id" in own.columns:
        own = own.filter(pl.col("member_id").is_null() | (pl.col("member_id") == person))
    return [{name: value for name, value in row.items() if value is not None} for row in own.to_dicts()]


def reached(
    rows: Sequence[Mapping[str, Any]], identities: pl.DataFrame, members: pl.DataFrame
) -> list[dict[str, Any]]:
    """Choose from a county's identities what `identified` adds."""
    numbers = _own_numbers(identities)
    homes = _latest_values(identities, "households", ["household_id"])
    people = _latest_values(identities, "members", ["household_id", "member_id"])
    heads = _heads(people, members.filter(pl.col("relation") == "head")["member_id"])
    home = {row[ID]: row for row in homes.iter_rows(named=True)}
    head = {row[ID]: row for row in heads.iter_rows(named=True)}
    return [
        {
            **row,
            "number": numbers.get(row[ID], ""),
            **_reached(home.get(row[ID], {}), head.get(row[ID], {})),
        }
        for row in rows
    ]


def groups_of(
    villages: pl.DataFrame, place: VaultPlace, county_id: str, facts: Mapping[str, Any] | None
) -> pl.DataFrame:
    """Give the village group of households, and nothing else of what the vault knows of them.

    Parameters
    ----------
    villages : DataFrame
        ``household_id, village_name``, a row a household.
    place, county_id, facts
        See `register.vault.reading.read_identities`.

    Returns
    -------
    DataFrame
        ``household_id, group``; missing where no address names one.
    """
    homes = _latest_values(read_identities(place, county_id, facts), "households", [ID])
    known = dict(homes.select(ID, "address").iter_rows()) if "address" in homes.columns else {}
    rows = [(home, group_of(known.get(home), village)) for home, village in villages.iter_rows()]
    return pl.DataFrame(rows, schema=dict.fromkeys((ID, "group"), pl.String()), orient="row")


def _own_numbers(vault: pl.DataFrame) -> dict[str, str]:
    """Give the own number of every household; none in the vaults of earlier versions."""
    if "number" not in vault.columns:
        return {}
    numbers = vault.filter(pl.col("table") == NUMBERS)
    return dict(numbers.select(ID, "number").iter_rows())


def _reached(home: Mapping[str, Any], head: Mapping[str, Any]) -> dict[str, str]:
    return {
        "head": head.get("name") or "",
        "phone": home.get("phone") or head.get("phone") or "",
        "address": home.get("address") or "",
    }


def _latest_values(vault: pl.DataFrame, table: str, entity: list[str]) -> pl.DataFrame:
    """Take of every entity what was said last, column by column."""
    if not len(vault):
        return pl.DataFrame(schema=dict.fromkeys(entity, pl.String()))
    records = vault.filter(pl.col("table") == table).sort("valid_from", "recorded_on", maintain_order=True)
    return records.group_by(entity, maintain_order=True).agg(pl.exclude(entity).drop_nulls().last())


def _heads(people: pl.DataFrame, heads: pl.Series) -> pl.DataFrame:
    """Choose the head of every household, or whoever is named first where no head is."""
    if "name" not in people.columns:
        return people.clear()
    others = ~pl.col("member_id").is_in(heads.implode())
    named = people.filter(pl.col("name").is_not_null()).sort(others, "member_id")
    return named.unique("household_id", keep="first", maintain_order=True)
