"""Ids that stand for two things within a county: numbered per village or household, or given again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from register.ids.families import numbered_anew, reused_households, shared_households
from register.ids.hashes import Ids, hashed, hashes
from register.ids.persons import shared_members, unknown_members
from register.quarantine import Finding

#: A slip touches few ids; from this share and number on the office numbers by place. Far from both:
#: slips stay below 1 in 100, numbering by place shares nearly all.
WIDESPREAD, MANY = 0.1, 3
#: In a delivery of a few families half of the ids are no slip either, if they are more than one.
MOST = 0.5

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
RENUMBERED = (
    "户编号每次重编，前后不是同一户 / household ids were numbered anew: other families than before",
    (
        "各表改用不变的户编号（如全国系统编号） / use a number that stays with the household, such as the "
        "national system's, in every table"
    ),
)
UNKNOWN_MEMBER = (
    "成员表没有此人编号，几户都用它 / a person id that no member has, in several households",
    "人编号照家庭成员表填写 / write the person id as the members table does",
)
SHARED_MEMBER = "一个人编号用于不同的人 / one person id for different persons"
PEOPLE_MIXED_UP = (
    "各人各用一个编号，各表一致；若是一人，出生日期改一致 / give each person an id of their own, "
    "in every table; if it is one person, write one date of birth"
)
#: Column -> what to do about an id that several share: where nearly all do, and where few do.
REMEDIES = {
    "household_id": (
        (
            "户编号只在村内唯一：各表户编号前都加村编号 / ids are unique only within the village: "
            "put the village id before the household id in every table"
        ),
        (
            "各户各用一个编号，各表一致；若是一户，只留一行、一个户主 / give each family an id of its own, "
            "in every table; if it is one, keep one row and one head"
        ),
    ),
    "member_id": (
        (
            "人编号只在户内唯一：各表人编号前都加户编号 / ids are unique only within the household: "
            "put the household id before the person id in every table"
        ),
        PEOPLE_MIXED_UP,
    ),
}


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


def homonyms(tables: Mapping[str, pl.DataFrame], entered: Ids) -> list[Homonym]:
    """Find the ids of a county that stand for two things.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed rows without spoilt cells; every version of every record.
    entered : Series of UInt64
        Hashes of the ids of all members that were delivered, set aside or not.

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
    return [one for one in _candidates(tables, entered) if len(one.ids)]


def widespread(shared: Ids, ids: pl.Series) -> bool:
    """Tell numbering by place from slips: by the share of different ids that are shared."""
    every = ids.n_unique()
    return len(shared) >= max(MANY, WIDESPREAD * every) or len(shared) > max(1, MOST * every)


def _candidates(tables: Mapping[str, pl.DataFrame], entered: Ids) -> Iterator[Homonym]:
    households, members = tables.get("households"), tables.get("members")
    if "villages" in tables:
        yield Homonym("village_id", _shared_villages(tables["villages"]), *SHARED_VILLAGE)
    if households is not None and members is not None:
        yield from _families(households, members)
    if members is not None:
        yield _shared("member_id", members, shared_members(members), SHARED_MEMBER)
    others = [one for name, one in tables.items() if name != "members" and "member_id" in one.columns]
    yield Homonym("member_id", unknown_members(others, entered), *UNKNOWN_MEMBER)


def _families(households: pl.DataFrame, members: pl.DataFrame) -> Iterator[Homonym]:
    every = households["household_id"]
    anew = numbered_anew(households, members)
    anew = anew if widespread(anew, every) else anew.clear()
    shared, since_one_day = shared_households(households, members)
    if widespread(since_one_day, every):
        shared = pl.concat([shared, since_one_day]).unique()
    later = reused_households(households, members)
    yield Homonym("household_id", anew, *RENUMBERED)
    for one in (
        _shared("household_id", households, shared, SHARED_HOUSEHOLD),
        Homonym("household_id", later, *REUSED_HOUSEHOLD),
    ):
        yield replace(one, ids=one.ids.filter(~one.ids.is_in(anew.implode())))


def _shared(column: str, frame: pl.DataFrame, ids: Ids, reason: str) -> Homonym:
    everywhere, few = REMEDIES[column]
    return Homonym(column, ids, reason, everywhere if widespread(ids, frame[column]) else few)


def _shared_villages(villages: pl.DataFrame) -> Ids:
    """Two townships under two names, in one entry, or since one day for most villages."""
    own, several, name = "village_id", pl.col("township_id").n_unique() > 1, pl.col("name")
    one_name = (name.n_unique() == 1) & name.is_not_null().all()
    at_once = hashes(villages, [own, "valid_from", "recorded_on"], several)
    since_one_day = hashes(villages, [own, "valid_from"], several)
    most = since_one_day if len(since_one_day) > max(1, MOST * villages[own].n_unique()) else at_once
    shared = [hashes(villages, own, several & ~one_name), at_once, most]
    return pl.concat(shared).unique()


def findings_of(frame: pl.DataFrame, ambiguous: Iterable[Homonym]) -> list[Finding]:
    """List what is found against the rows of a table."""
    made = (one.finding(frame) for one in ambiguous)
    return [one for one in made if one is not None and one.rows.any()]
