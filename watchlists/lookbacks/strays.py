"""A household that is not on the list: what its id most likely is."""

from collections.abc import Iterator, Mapping
from itertools import takewhile

import polars as pl

from register.cells.blanks import BLANKS
from register.ids.identifiers import cut_short, zeroed
from register.keys.pseudonym import is_pseudonym
from register.quarantine import Finding
from watchlists.lookbacks.meanings import plain
from watchlists.lookbacks.words import reason_and_step

NUMBERED = (
    "户编号被表格软件改成了数字 / a spreadsheet turned this household id into a number",
    "把该格设为文本，再从“名单”页复制户编号 / format the cell as text, then copy the id from the sheet 名单",
)
NEAR = (
    "户编号不在名单上，只与 {place} 的户差一点 / not an id of the list, but nearly that of {place_en}",
    (
        "若就是该户，从“名单”页复制户编号；若不是，该户不在名单上，移到“名单外走访”表，清空本行 / "
        "if it is that household copy its id from the sheet 名单; if not, move the row to the sheet "
        "名单外走访 and clear it here"
    ),
)
DELIVERED = (
    "户编号不是名单上的写法，像是登记系统里的编号 / not an id as the list has them, rather the register's",
    (
        "从“名单”页复制该户的户编号；名单上没有该户的，移到“名单外走访”表，清空本行 / "
        "copy the id from the sheet 名单; if the household is not there, move the row to the sheet "
        "名单外走访 and clear it here"
    ),
)
NOT_LISTED = (
    "该户不在这份名单上 / the household is not on this list",
    (
        "与“名单”页核对户编号；确实没有的，移到“名单外走访”表，清空本行 / "
        "compare the id with the sheet 名单; if it is not there, move the row to the sheet 名单外走访 "
        "and clear it here"
    ),
)
#: Shorter ids differ by one character as a rule, and no slip of the hand can be told.
LONG_ENOUGH = 8
#: One wrong, missing or added character leaves all but one in place, two that changed places all but two.
SLIP = 2
#: What programs put round a number to keep it text: an apostrophe, or ="...".
GUARDS = "'\"=‘’“”`" + BLANKS


def stray_findings(ids: pl.Series, stray: pl.Series, listed: pl.DataFrame) -> Iterator[Finding]:
    """Say of every row whose household is not on the list what its id most likely is.

    Parameters
    ----------
    ids : Series of str
        As they were written.
    stray : Series of bool
        Which of them are not on the list.
    listed : DataFrame
        The list: ``household_id``, ``county_id``, ``township_id``, ``rank``.

    Yields
    ------
    Finding
        Without any id: the household that was meant is named by its place on the list.
    """
    numbered = (cut_short(ids) | zeroed(ids)) & stray
    yield Finding(numbered, "household_id", *NUMBERED)
    others = ids.filter(stray & ~numbered).drop_nulls().unique(maintain_order=True)
    spelt = {one: _spelt(one) for one in listed["household_id"]} if len(others) else {}
    for one in others:
        yield Finding((ids == one).fill_null(value=False), "household_id", *_likely(one, spelt, listed))


def _likely(written: str, spelt: Mapping[str, str], listed: pl.DataFrame) -> tuple[str, str]:
    meant = _near(_spelt(written), spelt)
    if meant is not None:
        place = listed.filter(household_id=meant).select("county_id", "township_id", "rank").row(0)
        zh, en = "{} {} 走访顺序{}".format(*place), "visit order {2} of {0} {1}".format(*place)
        return reason_and_step(NEAR, place=zh, place_en=en)
    return DELIVERED if all(map(is_pseudonym, spelt)) and not is_pseudonym(written) else NOT_LISTED


def _near(written: str, spelt: Mapping[str, str]) -> str | None:
    """Find the one listed id that is this one but for its spelling, or for a slip of the hand."""
    same = [one for one, other in spelt.items() if other == written]
    if not same and len(written) >= LONG_ENOUGH:
        same = [one for one, other in spelt.items() if _slipped(other, written)]
    return same[0] if len(same) == 1 else None


def _slipped(one: str, other: str) -> bool:
    head = _shared(one, other)
    tail = _shared(one[head:][::-1], other[head:][::-1])
    longest = max(len(one), len(other))
    swapped = sorted(one) == sorted(other)
    return head + tail >= longest - (SLIP if swapped else 1)


def _shared(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _spelt(written: str) -> str:
    return "".join(plain(written).strip(GUARDS).casefold().split())
