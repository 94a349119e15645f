"""Propose the records of tables that no shipped mapping knows: surveys, and lists of departments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from register.sources.proposal.columns import FILLED, Columns, Guess, meanings
from register.sources.proposal.files import Filled, ProposedFile, ProposedRecord
from register.sources.proposal.looking import Look
from register.sources.proposal.names import folded, vocabulary, words_of
from register.sources.proposal.waves import Known
from register.tables import TABLES

HOW = {
    "name": ("", ""),
    "words": ("按词猜测", "guessed by its words"),
    "near": ("列名相近", "their names look alike"),
}
#: Tables made of what a survey has; the others need columns of their own names.
COMMON = ("villages", "households", "members", "income")
#: Share of households whose village must be known; those without one are set aside.
PLACED = 0.75
#: Share of households in which one code of the relation stands exactly once: those are the heads.
ONE_HEAD = 0.9


@dataclass(frozen=True)
class Context:
    """What the whole folder says.

    Attributes
    ----------
    place : str
        County and region where no column names them.
    months : int
        Months of income that are compared with the line, to which an amount is brought.
    """

    place: str
    months: int


def proposed(look: Look, known: Known, following: date | None, context: Context) -> ProposedFile | None:
    """Propose what a table could become; None where no household is named in it, nor anything else known.

    Parameters
    ----------
    look : Look
    known : Known
        When its rows were known.
    following : date, optional
        Day of the next wave, from which a list of persons no longer holds.
    context : Context
    """
    columns = Columns(look)
    household, member = columns.key("household_id"), columns.key("member_id")
    dated = Filled(known.cell, known.zh, known.en)
    shared: dict[str, Filled] = {}
    if household:
        shared["household_id"] = _filled(household)
    if household and member and _is_of_persons(columns, household, known):
        shared["member_id"] = _member(columns, household, member, known)
    for column in ("occurred_on", "valid_from", "recorded_on"):
        shared[column] = dated
    records = tuple(_records(columns, shared, known, following, context))
    if not records:
        return None
    county = columns.key("county_id")
    made = ProposedFile(
        look,
        known.pattern,
        _filled(county) if county else _place(context),
        {name: one for name, one in shared.items() if any(name in TABLES[record.table].by_name for record in records)},
        (),
        records,
    )
    return replace(made, missing=tuple(columns.no_values(sorted(made.headers & {*look.columns}))))


def _records(
    columns: Columns, shared: Mapping[str, Filled], known: Known, following: date | None, context: Context
) -> Iterator[ProposedRecord]:
    if "household_id" in shared and "member_id" not in shared:
        yield from _homes(columns, shared, known, context)
    if "member_id" in shared:
        yield from _members(columns, shared, following)
    if "household_id" in shared:
        yield from _incomes(columns, context)
    for table in TABLES:
        if table not in COMMON:
            yield from _own_names(columns, table, shared)


def _homes(
    columns: Columns, shared: Mapping[str, Filled], known: Known, context: Context
) -> Iterator[ProposedRecord]:
    """Propose villages and households of a table with one row a household."""
    village = columns.key("village_id", PLACED)
    if not village or not _is_single(columns, [shared["household_id"].cell, known.cell]):
        return
    township, county, region = (columns.key(f"{role}_id") for role in ("township", "county", "region"))
    nested = township and _is_nested(columns, village.header, township.header)
    cell: Any = village.header if nested or not township else {"join": [township.header, village.header]}
    own = Filled(cell, *_doubt(village))
    if (empty := 1 - columns.filled(village.header)) > 1 - FILLED:
        own = Filled(cell, f"{empty:.0%} 的行为空，将被隔离", f"empty in {empty:.0%} of the rows: set aside")
    yield ProposedRecord(
        "villages",
        {
            "village_id": own,
            "township_id": _filled(township) if township else _place(context),
            "county_id": _filled(county) if county else _place(context),
            "region_id": _filled(region) if region else _region(context),
            **_named(columns, "villages", ("village_id", "township_id", "county_id", "region_id", "name")),
        },
    )
    category = _coded(columns, "households", "category") or Filled(
        {"constant": "ordinary"}, "没有户类型列，都按一般农户", "no column of categories: all are ordinary"
    )
    further = _named(columns, "households", ("household_id", "village_id", "category", "origin_household_id"))
    yield ProposedRecord("households", {"village_id": own, "category": category, **further})


def _members(
    columns: Columns, shared: Mapping[str, Filled], following: date | None
) -> Iterator[ProposedRecord]:
    born = columns.days("birth_date")
    age = None if born else columns.age()
    if not (born or age):
        return
    birth = (
        _filled(born)
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
        _filled(equivalents)
        if equivalents
        else Filled({"constant": "1"}, "每人按1，即人均", "each counts 1: amounts are a head")
    )
    made |= {name: cell for name in ("sex", "relation", "education", "labour") if (cell := _coded(columns, "members", name, by_words=True))}
    if "relation" not in made and (head := _head(columns, shared["household_id"].cell)):
        made["relation"] = head
    if following:
        made["valid_to"] = Filled({"constant": following.isoformat()}, "到下一轮为止", "until the next wave")
    further = ("member_id", "household_id", "birth_date", "equivalents", "valid_to", "education", "labour")
    yield ProposedRecord("members", {**made, **_named(columns, "members", (*further, "sex", "relation"))})


def _incomes(columns: Columns, context: Context) -> Iterator[ProposedRecord]:
    """Propose one amount for the whole, or the amounts of a wide form by their sources."""
    by_source = {
        source: Filled(header)
        for source, words in TABLES["income"].by_name["source"].meanings.items()
        for header in columns.look.columns
        if folded(header) in (folded(source), folded(words.split(" ")[0]))
    }
    source = _coded(columns, "income", "source")
    amount = columns.named("income", "amount") if source else columns.numbers("amount")
    if amount and source:
        yield ProposedRecord("income", {"source": source, "amount": _filled(amount)})
    elif len(by_source) > 1:
        yield ProposedRecord("income", {}, by_source)
    elif amount:
        constant = Filled({"constant": "other"}, "未分来源", "its source is not told apart")
        yield ProposedRecord("income", {"source": constant, "amount": _amount(columns, amount, context)})


def _amount(columns: Columns, amount: Guess, context: Context) -> Filled:
    """Bring an amount to the months that are compared with the line."""
    zh, en, share = _period(amount.header, columns.look)
    factor = Fraction(share) * context.months
    whole = factor.numerator if factor.denominator == 1 else share if context.months == 1 else str(factor)
    cell = amount.header if whole == 1 else {"from": amount.header, "factor": whole}
    return Filled(cell, f"每户合计；金额按{zh}计，化为{context.months}个月", f"a household's total, {en}, "
        f"brought to {context.months} month(s)")


def _period(header: str, look: Look) -> tuple[str, str, str]:
    """Say over how long an amount is counted: its own name says it, or another of the table."""
    periods = vocabulary()["periods"]
    texts = (header, look.questions.get(header, ""), *look.columns)
    fitting = (one for text in texts for one in periods if not words_of(text).isdisjoint(one["words"]))
    period = next(fitting, None)
    if period is None:
        return "月（没有写明）", "taken as of a month, as nothing says it", "1"
    return period["zh"], f"counted over {period['en']}", str(period["factor"])


def _own_names(columns: Columns, table: str, shared: Mapping[str, Filled]) -> Iterator[ProposedRecord]:
    """Propose a table whose required columns are there by their names, and one that only it has."""
    dates = ("occurred_on", "started_on", "valid_from", "recorded_on")
    cells = _named(columns, table, ("household_id", "member_id"))
    required = {one.name for one in TABLES[table].columns if one.required}
    if not required - {*cells} <= {*shared, *dates} or not _tells(table, cells):
        return
    if "started_on" in required and "started_on" not in cells:
        cells["started_on"] = shared["valid_from"]
    yield ProposedRecord(table, cells)


def _tells(table: str, cells: Mapping[str, Filled]) -> bool:
    """Say whether columns are there that no other table has by the same name."""
    others = {name for one in TABLES.values() if one.name != table for name in one.by_name}
    return any(name not in others for name in cells)


def _named(columns: Columns, table: str, but_for: Sequence[str]) -> dict[str, Filled]:
    """Fill the columns that are there by their names."""
    made: dict[str, Filled] = {}
    for one in TABLES[table].columns:
        if one.name in but_for:
            continue
        if one.kind == "code":
            cell = _coded(columns, table, one.name)
        else:
            guess = columns.named(table, one.name)
            cell = Filled(guess.header) if guess else None
        if cell:
            made[one.name] = cell
    return made


def _coded(columns: Columns, table: str, column: str, *, by_words: bool = False) -> Filled | None:
    """Fill a column of codes whose values are known; None where not one is."""
    guess = columns.coded(table, column) if by_words else columns.named(table, column)
    if guess is None:
        return None
    values = sorted(columns.values(guess.header).unique())
    codes, unknown = meanings(table, column, values)
    if not codes:
        return None
    if not unknown and all(value == code for value, code in codes.items()):
        return _filled(guess)
    zh, en = _doubt(guess)
    if unknown:
        zh, en = f"{len(unknown)} 个取值不认识，按空值", f"{len(unknown)} values not known: taken as none"
    return Filled({"from": guess.header, "codes": {**codes, **dict.fromkeys(unknown)}}, zh, en)


def _head(columns: Columns, household: str) -> Filled | None:
    """Tell heads by the one code that stands exactly once in nearly every household."""
    guess = columns.coded("members", "relation")
    if guess is None or len(values := sorted(columns.values(guess.header).unique())) > 20:
        return None
    counts = columns.frame.group_by(household).agg((pl.col(guess.header) == value).sum().alias(value) for value in values)
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


def _member(columns: Columns, household: Guess, member: Guess, known: Known) -> Filled:
    """Use a person's number as it is, or behind the household's where it counts from 1 in each."""
    if _is_single(columns, [member.header, known.cell], share=0.95):
        return _filled(member)
    return Filled(
        {"join": [household.header, member.header]}, "人编号在户内才唯一", "unique within the household only"
    )


def _is_of_persons(columns: Columns, household: Guess, known: Known) -> bool:
    return not _is_single(columns, [household.header, known.cell])


def _is_single(columns: Columns, cells: Sequence[Any], share: float = 0.99) -> bool:
    """Say whether a key stands once, of each day where days are in a column."""
    headers = [cell if isinstance(cell, str) else cell.get("from") for cell in cells]
    keys = columns.frame.select(sorted({header for header in headers if header})).drop_nulls()
    return len(keys) > 0 and keys.n_unique() >= share * len(keys)


def _is_nested(columns: Columns, inner: str, outer: str) -> bool:
    pairs = columns.frame.select(inner, outer).drop_nulls().unique()
    return pairs[inner].n_unique() == len(pairs)


def _filled(guess: Guess) -> Filled:
    return Filled(guess.header, *_doubt(guess))


def _doubt(guess: Guess) -> tuple[str, str]:
    return HOW[guess.how]


def _place(context: Context) -> Filled:
    return Filled({"constant": context.place}, "没有这一列，用文件夹名", "no such column: the folder's name")


def _region(context: Context) -> Filled:
    return Filled(
        {"constant": context.place},
        "收入线地区，与 lines.csv 的 region_id 一致",
        "region of the income line: the region_id of lines.csv",
    )
