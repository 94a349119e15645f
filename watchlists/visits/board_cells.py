"""What a board keeps to itself: small counts, and whatever others on it would bring back."""

from collections.abc import Mapping

import polars as pl

from features.declaration import CAUSES
from models.arrays import Flags
from models.evaluation.disclosure import SMALL, hidden_cells, is_hidden

#: Each figure and the counts it tells: with households known, visits tell who is not listed as well.
TELLS = {
    "households": ("households",),
    "visits": ("visits", "others"),
    "high_off_list": ("high_off_list", "others_at_less"),
}
#: Households by main cause: a share of the expected falls tells how many have that cause, or that none has.
BY_CAUSE = {f"share_{cause}": f"by_{cause}" for cause in (*CAUSES, "none")}
COUNTS = (*(count for counts in TELLS.values() for count in counts), *BY_CAUSE.values())
KEPT = (*TELLS, *BY_CAUSE)


def counted() -> list[pl.Expr]:
    """Count a household (``main_cause``, ``is_listed``, ``is_high_off_list``) once in each of `COUNTS`."""
    listed, high, cause = pl.col("is_listed"), pl.col("is_high_off_list"), pl.col("main_cause")
    named = cause.is_in(CAUSES).fill_null(value=False)
    is_of = {
        "households": pl.lit(value=True),
        "visits": listed,
        "others": ~listed,
        "high_off_list": high,
        "others_at_less": ~listed & ~high,
        **{f"by_{one}": (cause == one).fill_null(value=False) for one in CAUSES},
        "by_none": ~named,
    }
    return [is_of[count].cast(pl.Int64).alias(count) for count in COUNTS]


def withheld(counts: pl.DataFrame, above: pl.DataFrame | None = None) -> pl.DataFrame:
    """Tell what of a level's places is not told.

    Parameters
    ----------
    counts : DataFrame
        ``area_id``, ``within_id`` and `COUNTS`, one row a place.
    above : DataFrame, optional
        What is not told of the places that these lie in, as this function gives it.

    Returns
    -------
    DataFrame
        ``area_id`` and a flag for each of `KEPT`. What is not told of a place is told of none
        of its parts, or they would add up to it; where it is, two parts at least are withheld
        that add up to more than `SMALL`.
    """
    placed = counts.with_columns(pl.lit(value=False).alias(f"above_{name}") for name in KEPT)
    if above is not None:
        named = above.rename({"area_id": "within_id"} | {name: f"above_{name}" for name in KEPT})
        placed = counts.join(named, on="within_id", maintain_order="left")
    wholes = placed.partition_by("within_id", maintain_order=True) or [placed]
    return pl.concat(map(_withheld_within, wholes))


def _withheld_within(parts: pl.DataFrame) -> pl.DataFrame:
    """Close the counts of one whole, and its table of causes by place."""
    small = pl.any_horizontal(is_hidden("households", "within_id", "area_id"), "above_households")
    flags = parts.with_columns(small.alias("is_small")).select(
        "area_id",
        *(
            pl.any_horizontal(
                *(is_hidden(count, "within_id", "area_id") for count in tells), f"above_{name}", "is_small"
            ).alias(name)
            for name, tells in TELLS.items()
        ),
    )
    also = parts.select(f"above_{name}" for name in BY_CAUSE).to_numpy()
    also = also | flags["households"].to_numpy()[:, None]
    cells = hidden_cells(parts.select(*BY_CAUSE.values()).to_numpy(), also)
    return flags.hstack(_as_flags(cells))


def _as_flags(cells: Flags) -> pl.DataFrame:
    return pl.DataFrame(cells, schema=dict.fromkeys(BY_CAUSE, pl.Boolean()))


def withheld_of_sites(
    households: pl.DataFrame, counts: pl.DataFrame, of_levels: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Tell what of settlement sites is not told: they cross villages, and may leave few beside them.

    Parameters
    ----------
    households : DataFrame
        ``county_id, township_id, village_id, site_id`` and `COUNTS` of each.
    counts : DataFrame
        As for `withheld`, of the sites.
    of_levels : mapping of str to DataFrame
        What is not told of counties, townships and villages, widest first.

    Returns
    -------
    DataFrame
        As `withheld` gives it.
    """
    flags = counts.select("area_id")
    for name, tells in {**TELLS, **{share: (count,) for share, count in BY_CAUSE.items()}}.items():
        in_blocks = _in_blocks(households, name, of_levels)
        beside = pl.concat([_leave_few(in_blocks, count) for count in tells])
        small = _small(counts, tells) | counts["area_id"].is_in(beside.implode())
        flags = flags.with_columns(small.alias(name))
    flags = flags.with_columns(pl.col(name) | pl.col("households") for name in KEPT)
    cells = flags.select(*BY_CAUSE).to_numpy(writable=True)
    by_cause = counts.select(*BY_CAUSE.values()).to_numpy()
    for row, hidden in zip(by_cause, cells, strict=True):  # each by itself: nobody tells what sites add up to
        hidden[:] = hidden_cells(row[None, :], hidden[None, :])
    return flags.select("area_id", *TELLS).hstack(_as_flags(cells))


def _small(counts: pl.DataFrame, tells: tuple[str, ...]) -> pl.Series:
    return counts.select(pl.any_horizontal(pl.col(count) <= SMALL for count in tells)).to_series()


def _in_blocks(households: pl.DataFrame, name: str, of_levels: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Name for each household the smallest group around it whose total the board tells.

    That is its village, where it is told; else the villages of its township that are not, together,
    where the township is told; else the townships of the county.
    """
    block = pl.lit(None, pl.String)
    for level in of_levels:
        open_here = of_levels[level].filter(~pl.col(name))["area_id"]
        place = pl.format(f"{level} {{}}", f"{level}_id")
        block = pl.when(pl.col(f"{level}_id").is_in(open_here.implode())).then(place).otherwise(block)
    return households.with_columns(block.alias("block")).drop_nulls("block")


def _leave_few(in_blocks: pl.DataFrame, count: str) -> pl.Series:
    """Name the sites of which few are in a block, or beside which few of its households are left."""
    of_site = pl.col(count).sum().over("site_id")
    is_beside = pl.col("site_id").is_null() | (of_site <= SMALL)
    left = pl.when(is_beside).then(pl.col(count)).otherwise(0).sum().over("block")
    is_part_small = pl.col(count).sum().over("site_id", "block") <= SMALL
    few = in_blocks.filter(is_part_small | (is_beside.any().over("block") & (left <= SMALL)))
    return few["site_id"].drop_nulls().unique()
