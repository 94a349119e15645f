"""What places are called, where the delivery says so."""

import polars as pl

#: Level of a board -> columns of its id and its name.
NAMED = {
    "county": ("county_id", "county_name"),
    "township": ("township_id", "township_name"),
    "village": ("village_id", "name"),
}
#: Names that stand beside the ids of a listed household.
NAMES = ("village_name", "township_name", "county_name")


def area_names(villages: pl.DataFrame) -> pl.DataFrame:
    """Name the villages, townships and counties that have a name.

    Parameters
    ----------
    villages : DataFrame
        One row a village: ids, and as many of the names as are delivered.

    Returns
    -------
    DataFrame
        ``level, area_id, area_name``, one row a place; of several names of a place the first in
        the order of signs.
    """
    parts = [pl.DataFrame(schema=dict.fromkeys(("level", "area_id", "area_name"), pl.String()))]
    for level, (place, name) in NAMED.items():
        if {place, name} <= set(villages.columns):
            named = villages.select(
                pl.lit(level).alias("level"), pl.col(place).alias("area_id"), pl.col(name).alias("area_name")
            )
            parts.append(named.drop_nulls().sort("area_id", "area_name").unique("area_id", keep="first"))
    return pl.concat(parts)


def household_places(villages: pl.DataFrame) -> pl.DataFrame:
    """Give the names of a village, its township and its county by ``village_id``; missing where unsaid."""
    names = area_names(villages)
    named = villages.select("village_id", "township_id", "county_id").unique("village_id")
    for level, column in zip(("village", "township", "county"), NAMES, strict=True):
        of_level = names.filter(level=level).select(
            pl.col("area_id").alias(f"{level}_id"), pl.col("area_name").alias(column)
        )
        named = named.join(of_level, on=f"{level}_id", how="left")
    return named.select("village_id", *NAMES)


def names_by_id(listed: pl.DataFrame) -> dict[str, str]:
    """Give what a county and its townships are called, by id; older lists have no such names.

    Parameters
    ----------
    listed : DataFrame
        Listed households of one county.

    Examples
    --------
    >>> names_by_id(pl.DataFrame({"county_id": ["530901"], "county_name": ["临翔区"], "township_id": ["T1"]}))
    {'530901': '临翔区'}
    """
    levels = [NAMED[level] for level in ("county", "township")]
    known = [one for one in levels if set(one) <= set(listed.columns)]
    return {
        place: name for one in known for place, name in listed.select(one).drop_nulls().unique().iter_rows()
    }
