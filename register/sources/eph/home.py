"""The dwelling, its water, the help received and the ways of getting by, at each interview.

The survey grades no house and tests no water: `grade` and `status` stay empty, so no
interview counts as a breach of a guarantee.
"""

import polars as pl

from register.sources.eph.interviews import Interviews
from register.sources.eph.people import named

#: II7; a dwelling in succession (8) is other.
TENURE = {1: "owner", 2: "owner", 3: "tenant", 4: "occupier", 5: "occupier", 6: "occupier", 7: "occupier"} | {
    8: "other",
    9: "other",
}
FUEL = {1: "mains", 2: "bottled", 3: "wood_coal", 4: "other"}
SUPPLY = {1: "indoor", 2: "yard", 3: "outside"}
WATER_SOURCE = {1: "network", 2: "well", 3: "well", 4: "other"}
#: Strategies of the last three months (1 yes, 2 no, 9 unknown).
COPING = {
    "V13": "spent_savings",
    "V14": "borrowed_family",
    "V15": "borrowed_bank",
    "V16": "bought_on_credit",
    "V17": "sold_belongings",
}
#: Measure -> answers of which one must be yes, and the persons' amounts. Cash from the state is
#: social security; goods from institutions or neighbours are help by society.
HELP = {
    "social_security": (("V5",), "V5_M"),
    "social": (("V6", "V7"), None),
    "education": (("V11",), "V11_M"),
}
UNKNOWN_ROOMS = 99


def housing(interviews: Interviews) -> pl.DataFrame:
    """Give room, tenure and material of the dwelling."""
    rooms = pl.col("II1")
    return _dated(interviews.households).select(
        "household_id",
        "occurred_on",
        "recorded_on",
        pl.when(rooms.is_between(1, UNKNOWN_ROOMS - 1) & (rooms <= 60)).then(rooms).alias("rooms"),
        named("II7", TENURE, "tenure"),
        _either("IV3", [2, 3], [1, 4]).alias("has_poor_floor"),
        (_either("IV5", [2], [1]) | _either("IV4", [6, 7], [1, 2, 3, 4, 5, 9])).alias("has_poor_roof"),
        (_either("IV8", [1], [2]) & _either("IV9", [1], [0, 2, 3]) & _either("II9", [1], [2, 3, 4])).alias(
            "has_toilet"
        ),
        named("II8", FUEL, "fuel"),
        pl.any_horizontal(_either(name, [1], [2]) for name in ("IV12_1", "IV12_2", "IV12_3")).alias(
            "is_near_hazard"
        ),
    )


def water(interviews: Interviews) -> pl.DataFrame:
    """Give where the water comes from."""
    return _dated(interviews.households).select(
        "household_id",
        "occurred_on",
        "recorded_on",
        named("IV6", SUPPLY, "supply"),
        named("IV7", WATER_SOURCE, "source"),
    )


def shocks(interviews: Interviews) -> pl.DataFrame:
    """Give each way of getting by that the household said yes to."""
    dated = _dated(interviews.households)
    strategies = [
        dated.filter(pl.col(answer) == 1).select(
            "household_id", "occurred_on", "recorded_on", pl.lit(kind).alias("kind")
        )
        for answer, kind in COPING.items()
    ]
    return pl.concat(strategies)


def assistance(interviews: Interviews) -> pl.DataFrame:
    """Give each kind of help received, as a spell of the quarter."""
    spells = []
    for measure, (answers, money) in HELP.items():
        helped = interviews.households.filter(pl.any_horizontal(pl.col(name) == 1 for name in answers))
        spells.append(
            helped.join(_amounts(interviews.persons, money), on=["household_id", "as_of"], how="left").select(
                "household_id",
                pl.lit(measure).alias("measure"),
                pl.col("starts_on").alias("started_on"),
                pl.col("next_on").alias("ended_on"),
                "amount",
                pl.col("as_of").alias("recorded_on"),
            )
        )
    return pl.concat(spells)


def _amounts(persons: pl.DataFrame, money: str | None) -> pl.DataFrame:
    amount = pl.lit(None, pl.Float64) if money is None else pl.col(money).clip(0)
    paid = persons.select("household_id", "as_of", amount.alias("amount")).filter(pl.col("amount") > 0)
    return paid.group_by("household_id", "as_of").agg(pl.col("amount").sort().sum())


def _dated(households: pl.DataFrame) -> pl.DataFrame:
    return households.with_columns(pl.col("as_of").alias("occurred_on"), pl.col("as_of").alias("recorded_on"))


def _either(column: str, yes: list[int], no: list[int]) -> pl.Expr:
    """Read a code as a flag; a code in neither list is unknown."""
    flags = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
    return pl.col(column).replace_strict(flags, default=None, return_dtype=pl.Boolean)
