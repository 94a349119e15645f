"""Spelling: characters that others may not be able to show, ids that differ in look only."""

from collections.abc import Iterator

import polars as pl

from register.cells.characters import PRIVATE
from register.consistency.declaration import check
from register.consistency.known import Known
from register.ids.spelling import look
from register.tables import TABLES

_ONE = "核对后只用一种写法，各表一致 / write it in one way, in every table"
_SOURCE = "project: a spreadsheet or a keyboard spells an id another way"


@check(
    severity="notice",
    zh="文字含私用区字符，其他电脑可能显示不出",
    en="a text holds a private-use character, which other computers may not show",
    next_step="按 GB 18030-2022 的正式编码重新录入 / enter it anew with its official code of GB 18030-2022",
    reads=("members.member_id",),
    source="GB 18030-2022: hanzi of the private-use area have official code points",
)
def unshown_character(known: Known) -> pl.DataFrame:
    every = pl.concat(_unshown(known))
    columns = pl.col("column").unique().sort().str.join(" ")
    counted = every.group_by("household_id", "member_id").agg(columns, pl.len())
    return counted.select(
        "household_id", "member_id", pl.format("{}; n={}", "column", "len").alias("evidence")
    )


@check(
    severity="warning",
    zh="户编号只差写法（大小写、零、空白等）",
    en="household ids that differ in look only (case, zeros, blanks)",
    next_step=_ONE,
    reads=("households.household_id",),
    source=_SOURCE,
)
def household_ids_alike(known: Known) -> pl.DataFrame:
    return _alike(known.versions("households"), "household_id")


@check(
    severity="warning",
    zh="人编号只差写法（大小写、零、空白等）",
    en="person ids that differ in look only (case, zeros, blanks)",
    next_step=_ONE,
    reads=("members.member_id",),
    source=_SOURCE,
)
def member_ids_alike(known: Known) -> pl.DataFrame:
    return _alike(known.versions("members"), "member_id")


@check(
    severity="warning",
    zh="村编号只差写法（大小写、零、空白等）",
    en="village ids that differ in look only (case, zeros, blanks)",
    next_step=_ONE,
    reads=("villages.village_id",),
    source=_SOURCE,
)
def village_ids_alike(known: Known) -> pl.DataFrame:
    return _alike(known.versions("villages"), "village_id")


@check(
    severity="warning",
    zh="乡镇编号只差写法（大小写、零、空白等）",
    en="township ids that differ in look only (case, zeros, blanks)",
    next_step=_ONE,
    reads=("villages.township_id",),
    source=_SOURCE,
)
def township_ids_alike(known: Known) -> pl.DataFrame:
    return _alike(known.versions("villages"), "township_id")


def _alike(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Keep the rows whose id has the look of another id."""
    looks = frame.select(column).unique().with_columns(look(pl.col(column)).alias("look"))
    return frame.join(looks.filter(pl.col("look").is_duplicated()), on=column, how="semi")


def _unshown(known: Known) -> Iterator[pl.DataFrame]:
    """Give whose text it is, column by column; names and addresses only where they were delivered."""
    for name in known.shard.tables:
        view = known.versions(name)
        texts = (one.name for one in TABLES[name].columns if one.kind == "text" and one.name in view.columns)
        if "household_id" in view.columns:
            member = pl.col("member_id") if "member_id" in view.columns else pl.lit(None, pl.String)
            for column in texts:
                column_name = pl.lit(f"{name}.{column}").alias("column")
                odd = view.filter(pl.col(column).str.contains(PRIVATE))
                yield odd.select("household_id", member.alias("member_id"), column_name)
