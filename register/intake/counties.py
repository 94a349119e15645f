"""Counties side by side: what one of them cannot know of its ids alone."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import polars as pl

from register.faults import Faults
from register.ids.claims import claimed_twice, elsewhere
from register.ids.county_ids import refuse_county_ids
from register.ids.homonyms import Homonym
from register.ids.references import NOUNS
from register.intake.admitted import Admitted
from register.shard import LINES_SCHEMA
from register.sources.delivery import Source

Taken = TypeVar("Taken")
#: What is said of what another county has, and of what it was delivered but set aside.
HELD = {
    "reason": "本县无此{zh}，{{}} 有 / the {en} stands in county {{}}, not in this one",
    "next_step": "移到 {{}}，或更正{zh}编号 / move the row to county {{}}, or correct the id",
}
SET_ASIDE = {
    "reason": "该{zh}的行在 {{}}，也被隔离 / the {en}'s row lies in county {{}} and was set aside there",
    "next_step": (
        "先更正 {{}} 中该{zh}的行，两行须在一县 / mend the {en}'s row in county {{}} first; "
        "both rows belong in one county"
    ),
}


def opened(source: Source) -> tuple[list[str], pl.DataFrame]:
    """Name the counties of a source and give its income lines.

    Raises
    ------
    HuitouError
        When either is at fault, once all files were read for what else is (`register.faults`).
    """
    faults, counties, lines = Faults(), list[str](), pl.DataFrame(schema=LINES_SCHEMA)
    with faults.gathered():
        counties = source.counties()
        refuse_county_ids(counties)
    with faults.gathered():
        lines = source.lines()
    for county in counties if faults else ():
        _read_on(source, county, faults)
    faults.refuse()
    return counties, lines


def take_counties(
    source: Source,
    counties: Iterable[str],
    take: Callable[[str, Sequence[Homonym]], Taken],
    admitted: Callable[[Taken], Admitted],
) -> dict[str, Taken]:
    """Take every county, and again those whose ids another county uses for something else.

    Parameters
    ----------
    source : Source
    counties : iterable of str
        In their order.
    take : callable
        Takes a county, given the ids that are not its own alone; what an earlier call for
        the same county left must be replaced.
    admitted : callable
        Gives the reports of what was taken.

    Returns
    -------
    dict
        By county. Two readings are the price of a fault that is rare; without one every
        county is read once.

    Raises
    ------
    HuitouError
        When any file is at fault: from the first on the others are only read, for what else is
        (`register.faults`).
    """
    done, faults = {}, Faults()
    for county in counties:
        if faults:
            _read_on(source, county, faults)
            continue
        with faults.gathered():
            done[county] = take(county, ())
    faults.refuse()
    claims = {county: admitted(one).claims for county, one in done.items()}
    for county, shared in sorted(claimed_twice(claims).items()):
        done[county] = take(county, shared)
    return done


def _read_on(source: Source, county: str, faults: Faults) -> None:
    """Read the files of a county for their faults alone."""
    with faults.gathered():
        deque(source.tables(county), maxlen=0)


def with_other_counties(reasons: pl.DataFrame, admitted: Mapping[str, Admitted]) -> pl.DataFrame:
    """Say of failed references which other county has the household.

    Parameters
    ----------
    reasons : DataFrame
        Columns of `register.quarantine.REASONS` at least.
    admitted : mapping of str to Admitted
        By county.

    Returns
    -------
    DataFrame
        `reasons`, some of them said more exactly, in their order.
    """
    strays = [one.strays.with_columns(county=pl.lit(county)) for county, one in admitted.items()]
    claims = {county: one.claims for county, one in admitted.items()}
    if not strays or not len(pl.concat(strays)):
        return reasons
    where = elsewhere(claims, pl.concat(strays))
    located = reasons.join(where, on=["file", "row", "column"], how="left", maintain_order="left")
    return located.with_columns(_reworded(name).alias(name) for name in HELD).select(reasons.columns)


def _reworded(name: str) -> pl.Expr:
    """Say it of the rows whose place stands elsewhere; of all others what was said before."""
    text = pl.col(name)
    for column, (_, zh, en) in NOUNS.items():
        for words, is_in in ((HELD, True), (SET_ASIDE, False)):
            sentence = pl.format(words[name].format(zh=zh, en=en), "elsewhere", "elsewhere")
            meant = (pl.col("column") == column) & (pl.col("is_in") == is_in)
            text = pl.when(meant).then(sentence).otherwise(text)
    return text
