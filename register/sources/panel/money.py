"""Resources and lines of a panel: an amount a month, for whole households."""

from collections.abc import Sequence

import polars as pl

from register.errors import ContractError
from register.sources.panel.equivalents import refuse_unmapped
from register.sources.panel.layout import LineLayout, PanelLayout
from register.sources.panel.reading import AMOUNT, PART
from register.sources.panel.waves import Wave

#: What one amount makes a month.
PER_MONTH = {
    "day": 365 / 12,
    "week": 52 / 12,
    "fortnight": 26 / 12,
    "month": 1.0,
    "quarter": 1 / 3,
    "year": 1 / 12,
}


def monthly(households: pl.DataFrame, layout: PanelLayout) -> pl.DataFrame:
    """Add the ``resources`` of each household a month, and write amounts and parts a month.

    Raises
    ------
    ContractError
        When consumption is negative.
    """
    whose = {"household": pl.lit(1.0), "head": pl.col("heads"), "equivalent": pl.col("equivalents")}
    factor = pl.lit(PER_MONTH[layout.resources.period]) * whose[layout.resources.per]
    names = [name for name in households.columns if name.startswith((f"{AMOUNT}.", f"{PART}."))]
    amounts = [name for name in names if name.startswith(f"{AMOUNT}.")]
    made = households.with_columns(pl.col(name) * factor for name in names)
    made = made.with_columns(pl.sum_horizontal(amounts).alias("resources"))
    negative = int((made["resources"] < 0).sum())
    if negative and layout.resources.kind == "consumption":
        raise ContractError(
            f"the mapping: consumption of {negative} households and waves is below 0; list codes for no "
            "answer under no_answer, or write resources.kind: income where losses are meant"
        )
    return made


def by_line(
    households: pl.DataFrame, layout: PanelLayout, waves: Sequence[Wave]
) -> tuple[pl.DataFrame, dict[str, float]]:
    """Give the line of each wave, an equivalent a month; households with their own line follow.

    Parameters
    ----------
    households : DataFrame
        ``wave, equivalents, resources`` and, where it is mapped, ``line`` and ``weight``.
    layout : PanelLayout
    waves : sequence of Wave

    Returns
    -------
    tuple of (DataFrame, dict)
        The households and, by wave, the line. Where each household has a line of its own, its
        amounts are brought to the prices of the wave's middle line.

    Raises
    ------
    ContractError
        When a household has no line, or a percentile cannot be taken.
    """
    line = layout.line
    if line.column:
        return _to_middle_line(households, line)
    if line.by_wave is not None:
        return households, {
            name: value * PER_MONTH[line.period or "year"] for name, value in line.by_wave.items()
        }
    if line.percentile is not None:
        of = line.wave or waves[0].name
        amount = _percentile(households.filter(pl.col("wave") == of), line)
    else:
        of = line.prices_of or waves[-1].name
        amount = (line.amount or 0.0) * PER_MONTH[line.period or "year"]
    prices = layout.price_index or dict.fromkeys((wave.name for wave in waves), 1.0)
    return households, {wave.name: amount * prices[wave.name] / prices[of] for wave in waves}


def _to_middle_line(households: pl.DataFrame, line: LineLayout) -> tuple[pl.DataFrame, dict[str, float]]:
    refuse_unmapped(households, "line", "line.column")
    without = int((~(households["line"] > 0)).fill_null(value=True).sum())
    if without:
        raise ContractError(
            f"the mapping: {without} of {len(households)} households and waves have no line above 0 in its "
            "column; fill it, or write line.by_wave"
        )
    month = pl.col("line") * PER_MONTH[line.period or "year"]
    middle = month.median().over("wave")
    names = [name for name in households.columns if name.startswith((f"{AMOUNT}.", f"{PART}."))] + [
        "resources"
    ]
    moved = households.with_columns(middle.alias("middle")).with_columns(
        pl.col(name) * pl.col("middle") / month for name in names
    )
    return moved.drop("middle"), dict(moved.group_by("wave").agg(pl.col("middle").first()).rows())


def _percentile(households: pl.DataFrame, line: LineLayout) -> float:
    """Give the value that a share of people or households lie below, by survey weights if there are."""
    weight = pl.col("weight").fill_null(0.0) if "weight" in households.columns else pl.lit(1.0)
    counts = weight * (pl.col("heads") if line.counted == "people" else pl.lit(1.0))
    each = households.select(
        (pl.col("resources") / pl.col("equivalents")).alias("each"), counts.alias("counts")
    )
    ordered = (
        each.filter(pl.col("counts") > 0)
        .sort("each")
        .with_columns((pl.col("counts").cum_sum() / pl.col("counts").sum() * 100).alias("share"))
    )
    reached = ordered.filter(pl.col("share") >= line.percentile)
    if reached.is_empty() or reached["each"][0] <= 0:
        raise ContractError(
            f"the mapping: line.percentile {line.percentile:g}: no resources above 0 lie there in the wave "
            "it is taken of; choose another wave or write line.amount"
        )
    return float(reached["each"][0])
