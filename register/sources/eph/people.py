"""Who lives where, with whom, how able to work, how insured."""

import polars as pl

from register.sources.eph.interviews import Interviews
from register.sources.eph.places import CITIES

SEX = {1: "male", 2: "female"}
#: CH03; parents-in-law count as parents.
RELATION = {1: "head", 2: "spouse", 3: "child", 5: "grandchild", 6: "parent", 7: "parent"}
#: NIVEL_ED, the level completed: unfinished primary is none, unfinished higher education college.
EDUCATION = {1: "none", 2: "primary", 3: "middle", 4: "high", 5: "college", 6: "university", 7: "none"}
#: CH08; 12, 13, 23 and 123 are combinations.
INSURANCE = {1: "employee", 2: "private", 3: "resident", 4: "none"} | dict.fromkeys(
    (12, 13, 23, 123), "several"
)
#: Argentine working age as DOMAIN counts labour: 16 to 64.
WORKING_AGE = (16, 64)
DISABLED = 6


def villages(interviews: Interviews) -> pl.DataFrame:
    """Give each city once, known from the first quarter it was surveyed in."""
    return (
        interviews.households.group_by("village_id", "region_id")
        .agg(pl.col("starts_on").min().alias("valid_from"))
        .sort("village_id")
        .with_columns(
            pl.col("village_id").alias("township_id"),
            pl.col("region_id").alias("county_id"),
            pl.col("village_id").replace_strict(CITIES, default=None, return_dtype=pl.String).alias("name"),
            pl.col("valid_from").alias("recorded_on"),
        )
    )


def households(interviews: Interviews) -> pl.DataFrame:
    """Give a household's state for each quarter it was interviewed in."""
    return interviews.households.select(
        "household_id",
        "village_id",
        pl.lit("ordinary").alias("category"),
        # not PONDERA: it leaves out nobody, and those whose income is not known are not here
        pl.col("PONDIH").alias("survey_weight"),
        pl.col("starts_on").alias("valid_from"),
        pl.col("next_on").alias("valid_to"),
        pl.col("as_of").alias("recorded_on"),
    )


def members(interviews: Interviews) -> pl.DataFrame:
    """Give a person's state for each interview, under the birth date that the first one's age gives."""
    relation, education = named("CH03", RELATION, "relation"), named("NIVEL_ED", EDUCATION, "education")
    return interviews.persons.select(
        "household_id",
        "member_id",
        "birth_date",
        named("CH04", SEX, "sex"),
        relation,
        education,
        _labour().alias("labour"),
        "equivalents",
        pl.col("starts_on").alias("valid_from"),
        pl.col("next_on").alias("valid_to"),
        pl.col("as_of").alias("recorded_on"),
    )


def health(interviews: Interviews) -> pl.DataFrame:
    """Give everybody's insurance, and who is inactive by disability."""
    dated = interviews.persons.with_columns(
        pl.col("as_of").alias("occurred_on"), pl.col("as_of").alias("recorded_on")
    )
    who = ("household_id", "member_id", "occurred_on", "recorded_on")
    insurance = dated.select(*who, pl.lit("insurance").alias("kind"), named("CH08", INSURANCE, "insurance"))
    incapacity = dated.filter(pl.col("CAT_INAC") == DISABLED).select(
        *who, pl.lit("incapacity").alias("kind"), pl.lit(None, pl.String).alias("insurance")
    )
    return pl.concat([insurance.filter(pl.col("insurance").is_not_null()), incapacity])


def named(column: str, names: dict[int, str], alias: str) -> pl.Expr:
    """Translate codes; those not listed (unknown, sentinels) are missing."""
    return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String).alias(alias)


def _labour() -> pl.Expr:
    youngest, oldest = WORKING_AGE
    skilled = (pl.col("NIVEL_ED") == 6) | (pl.col("PP04D_COD") % 10).is_in([1, 2])
    return (
        pl.when(pl.col("CAT_INAC") == DISABLED)
        .then(pl.lit("lost"))
        .when(pl.col("age") < youngest)
        .then(pl.lit("none"))
        .when(pl.col("age") > oldest)
        .then(pl.when(pl.col("ESTADO").is_in([1, 2])).then(pl.lit("weak")).otherwise(pl.lit("none")))
        .when(skilled)
        .then(pl.lit("skilled"))
        .when(pl.col("age").is_not_null())
        .then(pl.lit("ordinary"))
    )
