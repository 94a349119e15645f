"""What a board tells of the season's visits, and of the high risk that is off its list."""

from typing import Any

import polars as pl

from models.evaluation.disclosure import SMALL


def visits_made(visited: int, left: int) -> dict[str, Any]:
    """Tell how many of the listed were visited and how many left by a visit; small counts are not shown.

    Examples
    --------
    >>> visits_made(30, 4)["visited_shown"], visits_made(30, 4)["left_shown"]
    ('30', '≤7')
    """
    return {
        "visited": visited,
        "left": left,
        "visited_shown": _count(visited),
        "left_shown": _count(left),
    }


def high_risk_off_list(areas: pl.DataFrame) -> dict[str, Any]:
    """Name the townships where many at high risk found no place, most first.

    Parameters
    ----------
    areas : DataFrame
        `watchlists.visits.boards.BOARD` of one county: small counts are missing already.

    Returns
    -------
    dict
        ``is_any``, ``county`` (text), ``townships`` (name and count of those that are shown).
    """
    county = areas.filter(pl.col("level") == "county")["high_off_list"].item()
    order = ["high_off_list", "area_id"]
    many = (
        areas.filter(pl.col("level") == "township")
        .drop_nulls("high_off_list")
        .sort(order, descending=[True, False])
    )
    return {
        "is_any": areas["expected"].is_not_null().any(),
        "county": f"≤{SMALL}" if county is None else str(county),
        "townships": [
            (row["area_name"] or row["area_id"], row["high_off_list"]) for row in many.iter_rows(named=True)
        ],
    }


def _count(count: int) -> str:
    return str(count) if count > SMALL or not count else f"≤{SMALL}"
