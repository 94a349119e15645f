"""Hard groups: flags of a household to reserve visits by and to audit by, never features.

They are read off the season's feature frame at its as-of date, so they see what was known
then. No lower layer may import this package, so none of the flags can reach a model.
"""

from dataclasses import dataclass
from typing import Annotated

import polars as pl
from pydantic import AfterValidator, Field


@dataclass(frozen=True)
class Group:
    """A group with what people call it and the feature that is at least `least` for its members."""

    zh: str
    en: str
    feature: str
    least: float = 1.0


HARD_GROUPS = {
    "elderly_only": Group("全户老人", "elderly members only", "is_elderly_only"),
    "disabled": Group("有残疾人", "a disabled member", "n_disabled_members"),
    "severely_disabled": Group("有重度残疾人", "a severely disabled member", "has_severe_disability"),
    "single_adult": Group("单个成年人", "a single adult", "is_single_adult"),
    "with_children": Group("有未成年人", "children under 18", "n_under_18"),
    "four_or_more": Group("四口及以上", "four members or more", "household_size", 4.0),
    "relocated": Group("易地搬迁户", "relocated", "is_relocated"),
    "remote": Group("偏远村", "remote village", "is_remote_village"),
}


def groups_of(features: pl.DataFrame) -> pl.DataFrame:
    """List the hard groups of each household.

    Returns
    -------
    DataFrame
        ``household_id, groups`` (list of names in declared order). A missing feature puts
        nobody into a group.
    """
    names = [
        pl.when(pl.col(group.feature) >= group.least).then(pl.lit(name)).alias(name)
        for name, group in HARD_GROUPS.items()
    ]
    return features.select("household_id", pl.concat_list(names).list.drop_nulls().alias("groups"))


def _declared(cover: dict[str, int]) -> dict[str, int]:
    stray = next((name for name in cover if name not in HARD_GROUPS), None)
    if stray:
        raise ValueError(f"found {stray!r}, allowed are {', '.join(HARD_GROUPS)}; mend it")
    return cover


#: Visits each place keeps for a group at least.
MinimumCover = Annotated[dict[str, Annotated[int, Field(ge=0)]], AfterValidator(_declared)]
