"""What a researcher should know of a panel as it was read: figures of all waves, none of a household."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import polars as pl

from register.sources.panel.facts import Facts
from register.sources.panel.mapping import PanelMapping
from register.sources.panel.people import People
from register.sources.panel.waves import Wave

#: Below it a count is not told.
FEW = 8
NOT_WEIGHTED = (
    "调查权数用于以上各行、百分位线和报告里加权到总体的表；名单不加权，训练只在 model.survey_weights=used "
    "时加权 / survey weights make the figures above, a percentile line and the report's table weighted to "
    "the population; lists are not weighted, training with model.survey_weights=used alone"
)
CHANGED_LINE = (
    "金额已按各户自己的线折算到该轮中位线 / amounts were brought from each household's own line to the "
    "wave's middle one"
)


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


def notes_of(
    mapping: PanelMapping, facts: Facts, persons: People, homes: pl.DataFrame, lines: Mapping[str, float]
) -> list[str]:
    """Say what stands behind the register: waves, attrition, what was left out, what was assumed.

    Parameters
    ----------
    mapping : PanelMapping
    facts : Facts
        As the files tell them.
    persons : People
        With how many are of unknown or assumed age.
    homes : DataFrame
        As of `of_waves`.
    lines : mapping of str to float
        As of `of_waves`.
    """
    made = of_waves(homes, lines, mapping.waves) + of_attrition(homes, lines, mapping.waves)
    if "weight" in homes.columns:
        made.append(NOT_WEIGHTED)
    if mapping.layout.line.column:
        made.append(CHANGED_LINE)
    made += [
        f"{wave}：{count_of(n)}户没有金额，未列入 / wave {wave}: {count_of(n)} households "
        "without an amount, left out"
        for wave, n in facts.unanswered.items()
    ]
    made += _of_people(persons, homes)
    return made


def _of_people(persons: People, homes: pl.DataFrame) -> list[str]:
    """Say of how many people too little is known, and which households are others than before."""
    numbers = homes.filter(pl.col("household_id").str.contains(r"\+[0-9]+$"))["household_id"]
    replacing, unaged, assumed = numbers.n_unique(), persons.unaged, persons.assumed
    made = []
    if replacing:
        few = count_of(replacing)
        made.append(
            f"{few}户：原编号下已无一人相同，作为新户 / {few} new households: nobody of the family before is "
            "left under their number"
        )
    if unaged:
        made.append(f"{unaged}人次年龄不详，未列入 / {unaged} persons and waves of unknown age, left out")
    if assumed:
        made.append(
            f"{assumed}户次的成员不详，取最近一轮的成员，没有的按户规模以假定年龄代替：年龄、劳动力类特征在这些户"
            f"不说明问题 / in {assumed} households and waves nobody's age is known: those of the nearest "
            "wave, else people of assumed ages, carry the size, and facts of age and labour say nothing there"
        )
    return made
