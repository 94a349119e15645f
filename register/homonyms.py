"""Ids that stand for two things within a county: numbered per village or household, or given again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from register.quarantine import Finding

#: A slip touches few ids; from this share on the office numbers by place. Far from both: slips stay
#: below 1 in 100, numbering by place shares nearly all.
WIDESPREAD = 0.1
#: A person: people whose number was written down twice differ in birth.
PERSON = ("member_id", "birth_date")
FAR = pl.date(9999, 1, 1)

SHARED_VILLAGE = (
    "一个村编号用于几个乡镇 / one village id in several townships",
    (
        "各表村编号前都加乡镇编号；若是同一个村改划乡镇，各行填同一村名 / put the township id before the "
        "village id in every table; if one village changed township, give all its rows one name"
    ),
)
SHARED_HOUSEHOLD = "一个户编号用于几户 / one household id for several families"
REUSED_HOUSEHOLD = (
    "户编号后来给了另一户，成员无一相同 / id given to another family later, no member in common",
    "各表给后一户新的户编号 / give the later family an id of its own, in every table",
)
SHARED_MEMBER = "一个人编号用于不同的人 / one person id for different persons"
#: Column -> what to do about an id that several share: where nearly all do, and where few do.
REMEDIES = {
    "household_id": (
        (
            "户编号只在村内唯一：各表户编号前都加村编号 / ids are unique only within the village: "
            "put the village id before the household id in every table"
        ),
        "核对后各户各用一个编号，各表一致 / give each family an id of its own, in every table",
    ),
    "member_id": (
        (
            "人编号只在户内唯一：各表人编号前都加户编号 / ids are unique only within the household: "
            "put the household id before the person id in every table"
        ),
        "核对后各人各用一个编号，各表一致 / give each person an id of their own, in every table",
    ),
}

Ids = pl.Series


@dataclass(frozen=True)
class Homonym:
    """Ids of one column that stand for several things.

    Attributes
    ----------
    column : str
        ``village_id``, ``household_id`` or ``member_id``.
    ids : Series of UInt64
        Hashes (`hashed`) of the ids: they also come from other counties, whose ids stay there.
    reason, next_step : str
        Chinese / English.
    """

    column: str
    ids: Ids
    reason: str
    next_step: str

    def finding(self, frame: pl.DataFrame) -> Finding | None:
        """Mark the rows of a table that bear such an id; None where it has no such column."""
        if self.column not in frame.columns:
            return None
        borne = pl.col(self.column).is_not_null() & hashed(self.column).is_in(self.ids.implode())
        rows = frame.select(borne.alias("borne"))["borne"]
        return Finding(rows, self.column, self.reason, self.next_step)


def hashed(column: str) -> pl.Expr:
    """Hash ids to compare them within one process; two of ten million collide with a chance of 3e-6."""
    return pl.col(column).hash(seed=0)


def homonyms(tables: Mapping[str, pl.DataFrame]) -> list[Homonym]:
    """Find the ids of a county that stand for two things.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed rows without spoilt cells; every version of every record.

    Returns
    -------
    list of Homonym
        Nothing may be looked up, replaced or moved on the strength of these ids.

    Notes
    -----
    A village moves to another township, a household to another village and a person to
    another household, and a wrong entry is corrected by a later one: none of this makes an
    id stand for two. Two names of a village, two heads at one time, no member in common
    across a gap or a move, and two dates of birth in two households do.
    """
    return [one for one in _found(tables) if len(one.ids)]


def widespread(shared: Ids, ids: pl.Series) -> bool:
    """Tell numbering by place from slips: by the share of different ids that are shared."""
    return len(shared) >= WIDESPREAD * max(1, ids.n_unique())


def _found(tables: Mapping[str, pl.DataFrame]) -> Iterator[Homonym]:
    households, members = tables.get("households"), tables.get("members")
    if "villages" in tables:
        yield Homonym("village_id", _shared_villages(tables["villages"]), *SHARED_VILLAGE)
    if households is not None and members is not None:
        yield _shared("household_id", households, _shared_households(households, members), SHARED_HOUSEHOLD)
        yield Homonym("household_id", _reused_households(households, members), *REUSED_HOUSEHOLD)
    if members is not None:
        yield _shared("member_id", members, _shared_members(members), SHARED_MEMBER)


def _shared(column: str, frame: pl.DataFrame, ids: Ids, reason: str) -> Homonym:
    everywhere, few = REMEDIES[column]
    return Homonym(column, ids, reason, everywhere if widespread(ids, frame[column]) else few)


def _shared_villages(villages: pl.DataFrame) -> Ids:
    name = pl.col("name")
    one_name = (name.n_unique() == 1) & name.is_not_null().all()
    return _ids(villages, "village_id", (pl.col("township_id").n_unique() > 1) & ~one_name)


def _shared_households(households: pl.DataFrame, members: pl.DataFrame) -> Ids:
    """Two villages at one time: by two heads, by one day of entry, or because nearly all are so."""
    own, several = "household_id", pl.col("village_id").n_unique() > 1
    latest = members.sort("valid_from", "recorded_on").unique([own, *PERSON], keep="last")
    heads = latest.filter(pl.col("relation") == "head", pl.col("valid_to").is_null())
    two_heads = _ids(heads, own, pl.len() > 1)
    moved = _ids(households, own, several)
    entered_at_once = _ids(households, [own, "valid_from", "recorded_on"], several)
    since_one_day = _ids(households, [own, "valid_from"], several)
    everywhere = since_one_day if widespread(since_one_day, households[own]) else since_one_day.clear()
    return pl.concat([moved.filter(moved.is_in(two_heads.implode())), entered_at_once, everywhere]).unique()


def _reused_households(households: pl.DataFrame, members: pl.DataFrame) -> Ids:
    """Nobody is on record on both sides of a gap, or of a move by which all had left."""
    own, far = "household_id", pl.col("valid_to").fill_null(FAR)
    ordered = households.with_columns(far.alias("ends")).sort(own, "valid_from", "recorded_on")
    before = pl.col("ends").cum_max().shift(1).over(own) < pl.col("valid_from")
    moved = pl.col("village_id") != pl.col("village_id").shift(1).over(own)
    breaks = ordered.select(own, pl.col("valid_from").alias("day"), before.alias("gap"), moved.alias("moved"))
    breaks = breaks.filter(pl.col("gap") | pl.col("moved")).group_by(own, "day").agg(pl.col("gap").any())
    people = members.group_by(own, *PERSON).agg(
        pl.col("valid_from").min().alias("came"),
        pl.col("valid_from").max().alias("last"),
        far.max().alias("left"),
        (pl.col("relation") == "head").any().fill_null(value=False).alias("heads"),
    )
    early, late = pl.col("came") < pl.col("day"), pl.col("last") >= pl.col("day")
    sides = breaks.join(people, on=own).group_by(own, "day")
    told = sides.agg(
        pl.col("gap").first(),
        (early.any() & late.any() & ~(early & late).any()).alias("parted"),
        (pl.col("left").filter(early) <= pl.col("day").filter(early)).all().alias("all_left"),
        pl.col("heads").filter(late).any().alias("new_head"),
    )
    reused = told.filter("parted", pl.col("all_left") | (pl.col("gap") & pl.col("new_head")))
    return _hashes(reused, own)


def _shared_members(members: pl.DataFrame) -> Ids:
    """One number in several households with no birth in common, or in one for unlike people since one day."""
    n_homes = members.group_by("member_id").agg(pl.col("household_id").n_unique().alias("homes"))
    births = members.group_by(*PERSON).agg(pl.col("household_id").n_unique().alias("homes"))
    widest = births.group_by("member_id").agg(pl.col("homes").max().alias("widest"))
    apart = n_homes.join(widest, on="member_id").filter(pl.col("homes") > pl.col("widest"))
    unlike = pl.any_horizontal(pl.col(name).drop_nulls().n_unique() > 1 for name in ("sex", "relation"))
    within = ["member_id", "household_id", "valid_from"]
    several = _ids(members, within, (pl.col("birth_date").n_unique() > 1) & unlike)
    return pl.concat([_hashes(apart, "member_id"), several]).unique()


def _ids(frame: pl.DataFrame, by: str | list[str], shared: pl.Expr) -> Ids:
    """Hash the ids (first of `by`) of the groups for which `shared` holds."""
    groups = frame.group_by(by).agg(shared.alias("shared")).filter("shared")
    return _hashes(groups, by if isinstance(by, str) else by[0])


def _hashes(frame: pl.DataFrame, column: str) -> Ids:
    return frame.select(hashed(column).unique())[column]


def findings_of(frame: pl.DataFrame, found: Iterable[Homonym]) -> list[Finding]:
    """List what is found against the rows of a table."""
    made = (one.finding(frame) for one in found)
    return [one for one in made if one is not None and one.rows.any()]
