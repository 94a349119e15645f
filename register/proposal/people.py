"""Propose persons: who they are, how old, and which of them is the head."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from register.proposal.columns import Columns, Guess
from register.proposal.files import Filled, ProposedRecord
from register.proposal.fills import coded, filled, is_single, named
from register.proposal.waves import Known

#: Share of households in which one code of the relation stands exactly once: those are the heads.
ONE_HEAD = 0.9
#: Different codes of a relation, at most; more are numbers of something else.
MOST_RELATIONS = 20


def is_of_persons(columns: Columns, household: Guess, known: Known) -> bool:
    """Say whether a table has a row a person: of a day, households stand in it more than once."""
    return not is_single(columns, [household.header, known.cell])


def member_number(columns: Columns, household: Guess, member: Guess, known: Known) -> Filled:
    """Use a person's number as it is, or behind the household's where it counts from 1 in each."""
    if is_single(columns, [member.header, known.cell], share=0.95):
        return filled(member)
    return Filled(
        {"join": [household.header, member.header]}, "人编号在户内才唯一", "unique within the household only"
    )


def members(
    columns: Columns, shared: Mapping[str, Filled], following: date | None
) -> Iterator[ProposedRecord]:
    """Propose members where a day of birth is known, or an age to make one of."""
    born = columns.days("birth_date")
    age = None if born else columns.age()
    if not (born or age):
        return
    birth = (
        filled(born)
        if born
        else Filled(
            {"from": age.header if age else "", "aged_on": shared["valid_from"].cell},
            "由年龄推算：调查日减周岁减半年，以首次调查为准",
            "made of the age: the day less the years and half a year; the first interview counts",
        )
    )
    equivalents = columns.numbers("equivalents")
    made = {"birth_date": birth}
    made["equivalents"] = (
        filled(equivalents)
        if equivalents
        else Filled({"constant": "1"}, "每人按1，即人均", "each counts 1: amounts are a head")
    )
    made |= {
        name: cell
        for name in ("sex", "relation", "education", "labour")
        if (cell := coded(columns, "members", name, by_words=True))
    }
    if "relation" not in made and (head := _head(columns, shared["household_id"].cell)):
        made["relation"] = head
    if following:
        made["valid_to"] = Filled({"constant": following.isoformat()}, "到下一轮为止", "until the next wave")
    further = ("member_id", "household_id", "birth_date", "equivalents", "valid_to", "education", "labour")
    yield ProposedRecord("members", {**made, **named(columns, "members", (*further, "sex", "relation"))})


def _head(columns: Columns, household: str) -> Filled | None:
    """Tell heads by the one code that stands exactly once in nearly every household."""
    guess = columns.coded("members", "relation")
    if guess is None or len(values := sorted(columns.values(guess.header).unique())) > MOST_RELATIONS:
        return None
    counts = columns.frame.group_by(household).agg(
        (pl.col(guess.header) == value).sum().alias(value) for value in values
    )
    shares = {value: counts.select((pl.col(value) == 1).mean()).item() for value in values}
    head = max(shares, key=lambda value: shares[value], default=None)
    if head is None or shares[head] < ONE_HEAD:
        return None
    codes = {value: "head" if value == head else "other" for value in values}
    return Filled(
        {"from": guess.header, "codes": codes},
        f"“{head}”在几乎每户恰好一次，按户主；其余写明是谁",
        f"{head} stands exactly once in nearly every household: the head; write who the others are",
    )
