"""Who works as what, who looks for work, who goes to school: as spells of the interview's quarter."""

import polars as pl

from register.sources.eph.interviews import Interviews
from register.sources.eph.people import named

ACTIVITY = {1: "employer", 2: "self_employed", 3: "employee", 4: "family_worker"}
#: Last digit of PP04D_COD (CNO 2001); others are unknown.
SKILL = {1: "professional", 2: "technical", 3: "operative", 4: "unskilled"}
#: PP07A and PP05H are brackets (under 1, 1-3, 3-6, 6-12 months, 1-5, over 5 years): about their middle.
TENURE = {1: 0.5, 2: 2.0, 3: 4.5, 4: 9.0, 5: 36.0, 6: 120.0}
#: Divisions of CAES-Mercosur (PP04B_COD): last division -> sector, in order.
SECTORS = (
    (3, "agriculture"),
    (9, "other"),
    (33, "manufacturing"),
    (39, "other"),
    (43, "construction"),
    (48, "trade"),
    (53, "transport"),
    (56, "lodging"),
    (83, "services"),
    (84, "public"),
    (88, "education_health"),
    (96, "services"),
    (97, "domestic"),
    (99, "other"),
)
#: Ages at which not going to school is noted (compulsory in Argentina: 4 to 17, Ley 26.206).
SCHOOL_AGE = (4, 17)
ADULT = 20
STAGE = {
    1: "preschool",
    2: "primary",
    5: "high",
    6: "college",
    7: "university",
    8: "university",
    9: "primary",
}


def employment(interviews: Interviews) -> pl.DataFrame:
    """Give the main job of those at work and the search of those without."""
    working = pl.col("ESTADO") == 1
    activity = pl.when(working).then(named("CAT_OCUP", ACTIVITY, "activity")).otherwise(pl.lit("seeking"))
    hours = pl.col("PP3E_TOT").replace(999, None) + pl.col("PP3F_TOT").replace(999, None).fill_null(0)
    return (
        interviews.persons.filter(pl.col("ESTADO").is_in([1, 2]))
        .select(
            *_spell(),
            activity.alias("activity"),
            pl.when(working).then(_sector()).alias("sector"),
            pl.when(working)
            .then((pl.col("PP04D_COD") % 10).replace_strict(SKILL, default=None, return_dtype=pl.String))
            .alias("skill"),
            pl.when(working & pl.col("PP07H").is_in([1, 2])).then(pl.col("PP07H") == 1).alias("is_formal"),
            pl.when(working & hours.is_between(0, 168)).then(hours).alias("hours_week"),
            pl.when(working & (pl.col("P21") >= 0)).then(pl.col("P21")).alias("monthly_wage"),
            pl.when(working).then(_tenure()).alias("tenure_months"),
        )
        .filter(pl.col("activity").is_not_null())
    )


def schooling(interviews: Interviews) -> pl.DataFrame:
    """Give who attends what, and who of school age attends nothing without having finished."""
    finished = pl.col("NIVEL_ED").is_in([4, 5, 6])
    absent = pl.col("CH10").is_in([2, 3]) & pl.col("age").is_between(*SCHOOL_AGE) & ~finished
    stage = pl.when(pl.col("CH10") == 1).then(_stage()).when(absent).then(pl.lit("not_attending"))
    is_private = pl.when((pl.col("CH10") == 1) & pl.col("CH11").is_in([1, 2])).then(pl.col("CH11") == 2)
    return interviews.persons.select(*_spell(), stage.alias("stage"), is_private.alias("is_private")).filter(
        pl.col("stage").is_not_null()
    )


def _spell() -> list[pl.Expr]:
    return [
        pl.col("household_id"),
        pl.col("member_id"),
        pl.col("starts_on").alias("started_on"),
        pl.col("next_on").alias("ended_on"),
        pl.col("as_of").alias("recorded_on"),
    ]


def _sector() -> pl.Expr:
    # Zeros in front are lost: 101 is 0101; one or two figures are a whole division.
    code = pl.col("PP04B_COD")
    division = pl.when(code < 100).then(code).otherwise(code // 100)
    sector = pl.when(pl.col("PP04A") == 1).then(pl.lit("public")).when(division <= 0).then(None)
    for last, name in SECTORS:
        sector = sector.when(division <= last).then(pl.lit(name))
    return sector.otherwise(None)


def _tenure() -> pl.Expr:
    bracket = pl.when(pl.col("PP07A") > 0).then(pl.col("PP07A")).otherwise(pl.col("PP05H"))
    is_answered = (pl.col("PP04B3_ANO") < 99) & (pl.col("PP04B3_MES") < 99)
    domestic = pl.when(is_answered).then((pl.col("PP04B3_ANO") * 12 + pl.col("PP04B3_MES")).cast(pl.Float64))
    return (
        pl.when(pl.col("PP04B1") == 1)
        .then(domestic)
        .otherwise(bracket.replace_strict(TENURE, default=None, return_dtype=pl.Float64))
    )


def _stage() -> pl.Expr:
    age, level = pl.col("age"), pl.col("CH12")
    by_level = level.replace_strict(STAGE, default=None, return_dtype=pl.String)
    return (
        pl.when(level.is_in([2, 3, 4, 5, 9]) & (age >= ADULT))
        .then(pl.lit("adult"))
        .when(level == 3)
        .then(pl.when(age < 12).then(pl.lit("primary")).otherwise(pl.lit("middle")))
        .when(level == 4)
        .then(pl.when(age < 15).then(pl.lit("middle")).otherwise(pl.lit("high")))
        .otherwise(by_level)
    )
