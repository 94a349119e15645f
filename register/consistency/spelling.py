"""Spelling: characters that another computer may not be able to show."""

from collections.abc import Iterator

import polars as pl

from register.characters import PRIVATE
from register.consistency.declaration import check
from register.consistency.known import Known
from register.tables import TABLES


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


def _unshown(known: Known) -> Iterator[pl.DataFrame]:
    """Give whose text it is, column by column; names and addresses only where they were delivered."""
    for name in known.shard.tables:
        view = known.versions(name)
        texts = (one.name for one in TABLES[name].columns if one.kind == "text" and one.name in view.columns)
        if "household_id" in view.columns:
            member = pl.col("member_id") if "member_id" in view.columns else pl.lit(None, pl.String)
            for column in texts:
                told = pl.lit(f"{name}.{column}").alias("column")
                odd = view.filter(pl.col(column).str.contains(PRIVATE))
                yield odd.select("household_id", member.alias("member_id"), told)
