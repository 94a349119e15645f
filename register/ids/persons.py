"""Persons: what tells that one number stands for several of them, and that a person is the same."""

from collections.abc import Sequence

import polars as pl

from register.ids.hashes import Ids, hashed, hashes

#: What shows that two entries of one number are one person: any of these in common.
PERSON_KEYS = (("birth_date",), ("id_number",), ("name", "sex"))
#: A date of birth is corrected by less, or the entry would be of a child not yet born.
CORRECTED_BY = "2y"


def person_keys(members: pl.DataFrame) -> pl.DataFrame:
    """Give what shows who is meant by a number.

    Returns
    -------
    DataFrame
        ``household_id, member_id, person`` (UInt64): a person is a number with a date of
        birth, an identity number, or a name and sex; each combination once.
    """
    parts = [
        members.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in kind)).select(
            "household_id",
            "member_id",
            pl.struct("member_id", *kind, kind=pl.lit(place)).hash(seed=0).alias("person"),
        )
        for place, kind in enumerate(PERSON_KEYS)
    ]
    return pl.concat(parts).unique()


def shared_members(members: pl.DataFrame) -> Ids:
    """Hash the numbers of several persons: of several households with nothing in common, or of one."""
    return pl.concat([_apart(members), _within(members)]).unique()


def unknown_members(records: Sequence[pl.DataFrame], entered: Ids) -> Ids:
    """Hash the person ids that records of several households bear and no member does."""
    whose = [one.select("household_id", "member_id").drop_nulls() for one in records]
    if not whose:
        return entered.clear()
    strange = pl.concat(whose).filter(~hashed("member_id").is_in(entered.implode()))
    return hashes(strange, "member_id", pl.col("household_id").n_unique() > 1)


def _apart(members: pl.DataFrame) -> Ids:
    homes = members.group_by("member_id").agg(pl.col("household_id").n_unique().alias("homes"))
    several = members.join(homes.filter(pl.col("homes") > 1), on="member_id")
    met = person_keys(several).group_by("member_id", "person").len()
    widest = met.group_by("member_id").agg(pl.col("len").max().alias("widest"))
    unrelated = several.join(widest, on="member_id").filter(pl.col("homes") > pl.col("widest"))
    return hashes(unrelated, "member_id")


def _within(members: pl.DataFrame) -> Ids:
    """One household's unlike people since one day, a child not born when its number was in use, two names."""
    twice = members.filter(pl.col("member_id").is_duplicated())
    births, born = pl.col("birth_date").n_unique() > 1, pl.col("birth_date")
    names, sexes, numbers = (pl.col(name).drop_nulls().n_unique() for name in ("name", "sex", "id_number"))
    unlike = (sexes > 1) | (pl.col("relation").drop_nulls().n_unique() > 1)
    unborn = (born.max() > born.min().dt.offset_by(CORRECTED_BY)) & (born.max() > pl.col("valid_from").min())
    parts = [
        hashes(twice, ["member_id", "household_id", "valid_from"], births & unlike),
        hashes(twice, "member_id", unborn & ~((names == 1) & (sexes == 1))),
        hashes(twice, "member_id", (names > 1) & ((sexes > 1) | (numbers > 1))),
    ]
    return pl.concat(parts).unique()
