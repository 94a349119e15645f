"""Families: what tells that one household id stands for several of them, at one time or in turn."""

import polars as pl

from register.ids.hashes import Ids, hashes

#: A person: people whose number was written down twice differ in birth.
PERSON = ("member_id", "birth_date")
FAR = pl.date(9999, 1, 1)
OWN = "household_id"
#: So many people who leave on one day are a family that left, not a death.
LEFT_TOGETHER = 2


def shared_households(households: pl.DataFrame, members: pl.DataFrame) -> tuple[Ids, Ids]:
    """Hash the ids of two families at one time, and those in two villages since one day.

    The latter are corrections, unless nearly all are so.
    """
    several = pl.col("village_id").n_unique() > 1
    latest = members.sort("valid_from", "recorded_on").unique([OWN, *PERSON], keep="last")
    heads = latest.filter(pl.col("relation") == "head", pl.col("valid_to").is_null())
    n_heads = heads.group_by(OWN).agg(pl.len().alias("heads")).filter(pl.col("heads") > 1)
    headed = households.join(n_heads, on=OWN)
    shared = [
        hashes(headed, OWN, several),
        hashes(headed, [OWN, "valid_from"], pl.len() == pl.col("heads").first()),
        hashes(households, [OWN, "valid_from", "recorded_on"], several),
    ]
    return pl.concat(shared).unique(), hashes(households, [OWN, "valid_from"], several)


def reused_households(households: pl.DataFrame, members: pl.DataFrame) -> Ids:
    """Hash the ids under which another family came later, nobody on record on both sides.

    The household had ended before, or moved, and all had left; a head came while the old
    one stayed; or a whole family left on the day the other came.
    """
    left = pl.col("all_left") & (pl.col("gap") | pl.col("moved"))
    returned = pl.col("gap") & pl.col("new_head")
    beside = pl.col("head_stays") & pl.col("at_once") & pl.col("new_head")
    replaced = (
        pl.col("all_left") & pl.col("at_once") & pl.col("new_head") & (pl.col("n_left") >= LEFT_TOGETHER)
    )
    return hashes(_parted(households, members).filter(left | returned | beside | replaced), OWN)


def numbered_anew(households: pl.DataFrame, members: pl.DataFrame) -> Ids:
    """Hash the ids under which, on one day, all went and all others came."""
    return hashes(_parted(households, members).filter("all_left", "at_once"), OWN)


def _parted(households: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Describe the days from which a household holds again and nobody is on record on both sides."""
    breaks = _breaks(households)
    people = _people(members, breaks)
    early, late = pl.col("came") < pl.col("day"), pl.col("last") >= pl.col("day")
    stays, head = pl.col("left") > pl.col("day"), pl.col("relation") == "head"
    heads = head.fill_null(value=False)
    days = (
        breaks.join(people, on=OWN)
        .group_by(OWN, "day")
        .agg(
            pl.col("gap", "moved", "merged").first(),
            (early.any() & late.any() & ~(early & late).any()).alias("parted"),
            (~(early & stays)).all().alias("all_left"),
            (early & (pl.col("left") == pl.col("day"))).sum().alias("n_left"),
            (early & heads & stays).any().alias("head_stays"),
            ((late & heads).any() | pl.col("relation").is_null().all()).alias("new_head"),
            (pl.col("came").filter(late).min() == pl.col("day").first()).alias("at_once"),
        )
    )
    return days.filter("parted", ~pl.col("merged"))


def _breaks(households: pl.DataFrame) -> pl.DataFrame:
    """Give every later state of a household: from which ``day``, after a ``gap``, ``moved``, ``merged``."""
    latest = households.sort("recorded_on").unique([OWN, "valid_from"], keep="last")
    several = latest.filter(pl.col(OWN).is_duplicated()).sort(OWN, "valid_from")
    ends = pl.min_horizontal(pl.col("valid_to").fill_null(FAR), pl.col("valid_from").shift(-1).over(OWN))
    return (
        several.with_columns(ends.alias("ends"))
        .select(
            OWN,
            pl.col("valid_from").alias("day"),
            (pl.col("ends").shift(1).over(OWN) < pl.col("valid_from")).alias("gap"),
            (pl.col("village_id") != pl.col("village_id").shift(1).over(OWN)).alias("moved"),
            (pl.col("origin") == "merged").fill_null(value=False).alias("merged"),
        )
        .drop_nulls("gap")
    )


def _people(members: pl.DataFrame, breaks: pl.DataFrame) -> pl.DataFrame:
    """Give when the people of some households ``came``, were ``last`` entered and ``left``."""
    own = members.join(breaks, on=OWN, how="semi")
    ways = members.join(own, on="member_id", how="semi").sort("member_id", "valid_from", "recorded_on")
    goes_on = pl.col(OWN) == pl.col(OWN).shift(-1).over("member_id")
    gone = pl.when(~goes_on).then(pl.col("valid_from").shift(-1).over("member_id"))
    left = pl.min_horizontal(pl.col("valid_to").fill_null(FAR), gone)
    lasting = ways.with_columns(left.alias("left")).join(breaks, on=OWN, how="semi")
    return lasting.group_by(OWN, *PERSON).agg(
        pl.col("valid_from").min().alias("came"),
        pl.col("valid_from").max().alias("last"),
        pl.col("left").max(),
        pl.col("relation").sort_by(pl.col("relation") == "head").last(),
    )
