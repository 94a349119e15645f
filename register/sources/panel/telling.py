"""What a researcher should know of a panel as it was read: figures of all waves, none of a household."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import polars as pl

from register.sources.panel.waves import Wave

#: Below it a count is not told.
FEW = 8


def of_waves(households: pl.DataFrame, lines: Mapping[str, float], waves: Sequence[Wave]) -> list[str]:
    """Tell each wave: households, those poor among them, by survey weights where there are any.

    Parameters
    ----------
    households : DataFrame
        ``wave, household_id, resources, equivalents`` and, where it is mapped, ``weight``.
    lines : mapping of str to float
        Line of each wave, an equivalent a month.
    waves : sequence of Wave
    """
    said_of = []
    for wave in waves:
        rows = with_poor(households.filter(pl.col("wave") == wave.name), lines)
        if len(rows):
            said_of.append(
                f"{wave.name}（{wave.day}）：{len(rows)}户，线下{_share(rows)} / wave {wave.name}, dated "
                f"{wave.day}: {len(rows)} households, {_share(rows)} below the line ({lines[wave.name]:.2f} "
                "an equivalent a month)"
            )
    return said_of


def of_attrition(households: pl.DataFrame, lines: Mapping[str, float], waves: Sequence[Wave]) -> list[str]:
    """Tell of each wave and the next who was not seen again (censored) and who fell below the line."""
    lines_of = []
    poor = with_poor(households, lines)
    for one, other in pairwise(waves):
        rows, later = (poor.filter(pl.col("wave") == wave.name) for wave in (one, other))
        both = rows.join(later.select("household_id", after="poor"), on="household_id", how="inner")
        above = both.filter(~pl.col("poor")).with_columns(pl.col("after").alias("poor"))
        gone, split = len(rows) - len(both), later["split_from"].drop_nulls().len()
        lines_of.append(
            f"{one.name}至{other.name}：{count_of(gone)}户未再访到（删失），{count_of(split)}户为分出的新户，"
            f"原在线上的{len(above)}户中{_share(above)}落到线下 / {one.name} to {other.name}: "
            f"{count_of(gone)} households not seen again (censored), {count_of(split)} new parts of "
            f"households that split; of {len(above)} above the line {_share(above)} fell below it"
        )
    return lines_of


def with_poor(households: pl.DataFrame, lines: Mapping[str, float]) -> pl.DataFrame:
    """Add ``poor``: whether resources are below the needs of the household."""
    line = pl.col("wave").replace_strict(dict(lines), return_dtype=pl.Float64)
    return households.with_columns((pl.col("resources") < line * pl.col("equivalents")).alias("poor"))


def _share(rows: pl.DataFrame) -> str:
    """Give the share of households that are poor; by weights too where there are any."""
    n_poor = int(rows["poor"].sum())
    if 0 < n_poor < FEW or 0 < len(rows) < FEW:
        return f"<{FEW}"
    plain = f"{n_poor / max(1, len(rows)):.1%}"
    if "weight" not in rows.columns:
        return plain
    weight = rows["weight"].fill_null(0.0)
    total = float(weight.sum())
    return (
        f"{plain} (加权 weighted {float((weight * rows['poor']).sum()) / total:.1%})" if total > 0 else plain
    )


def count_of(number: int) -> str:
    """Write a count; a small one is not told."""
    return f"<{FEW}" if 0 < number < FEW else str(number)
