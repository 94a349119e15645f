"""What the files of a panel tell of households, of persons and in further tables, wave by wave."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.errors import ContractError
from register.sources.panel.layout import OPTIONAL, PanelLayout
from register.sources.panel.reading import AMOUNT, HEAD, PART, Rows, read_rows
from register.sources.panel.values import number, text
from register.sources.panel.waves import Wave

KEYS = ("wave", "household")
PERSON = (*KEYS, "person")
#: Tables that may tell several things of one household or person in a wave.
EVENTS = ("health", "shocks", "assistance", "relocation")
#: Numbers of a household.
NUMBERS = ("weight", "size", "children", "equivalents", "line")


@dataclass(frozen=True)
class Facts:
    """All that is told, by the numbers that the files use.

    Attributes
    ----------
    households : DataFrame
        One row a wave and household whose amount is known: `KEYS`, ``origin``, `NUMBERS` and
        ``amount.SOURCE``, ``parts.SOURCE`` as numbers, places and ``head.COLUMN`` as text.
    tables : dict of str to DataFrame
        By register table: `PERSON` (``person`` missing where it is told of the household) and its
        columns as text. Of all households, also of those whose amount is not known.
    unanswered : dict of str to int
        By wave, households that are told of and have no amount.
    """

    households: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    unanswered: dict[str, int]


def read_facts(folder: Path, layout: PanelLayout, waves: Sequence[Wave]) -> Facts:
    """Read all files and bring them together.

    Raises
    ------
    SourceError
        When a file is missing or cannot be read.
    ContractError
        When columns are missing, values cannot be read, or a household stands twice in a wave.
    """
    homes, by_table = list[pl.DataFrame](), defaultdict[str, list[pl.DataFrame]](list)
    for file in layout.files:
        cells = file.model_copy(update={"no_answer": (*layout.no_answer, *file.no_answer)})
        for rows in read_rows(folder, cells, waves):
            homes.append(_of_households(rows))
            for table in _tables(rows):
                by_table[table].append(_of_table(rows, table))
    joined = _joined(homes, KEYS)
    amounts = [name for name in joined.columns if name.startswith(f"{AMOUNT}.")]
    if not amounts:
        raise ContractError("the mapping: no file gives an amount; write its column as `amount`")
    known = joined.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in amounts))
    lacking = joined.join(known, on=KEYS, how="anti").group_by("wave").len()
    tables = {table: _stacked(table, frames) for table, frames in by_table.items()}
    return Facts(known.sort(KEYS), tables, dict(lacking.rows()))


def _tables(rows: Rows) -> list[str]:
    named = [table for table in OPTIONAL if any(fact.startswith(f"{table}.") for fact in rows.cells)]
    return [*named, *(["members"] if rows.layout.person and "members" not in named else [])]


def _of_households(rows: Rows) -> pl.DataFrame:
    """Give what rows tell of their households, one row each."""
    of_person = "person:" in rows.frame.columns
    adds = [
        fact for fact in rows.cells if fact.startswith((AMOUNT, PART)) and rows.layout.amount_of == "rows"
    ]
    same = [
        fact
        for fact in rows.cells
        if "." not in fact or (fact.startswith((AMOUNT, PART, HEAD)) and fact not in adds)
    ]
    made = [_value(rows, fact) for fact in (*same, *adds)]
    origin = [pl.col("origin:").alias("origin")] if "origin:" in rows.frame.columns else []
    frame = rows.frame.select(pl.col("household:").alias("household"), *origin).with_columns(made)
    if not (of_person or adds):
        _refuse_doubled(rows, frame.unique())
    _refuse_unlike(
        rows,
        frame,
        [fact for fact in same if fact.startswith(AMOUNT) or fact in ("size", "equivalents", "line")],
    )
    first = [pl.col(name).drop_nulls().first() for name in (*(["origin"] if origin else []), *same)]
    total = [pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()) for name in adds]
    grouped = frame.group_by("household", maintain_order=True).agg(*first, *total)
    return grouped.select(pl.lit(rows.wave.name).alias("wave"), pl.all())


def _value(rows: Rows, fact: str) -> pl.Series:
    is_number = fact in NUMBERS or fact.startswith((f"{AMOUNT}.", f"{PART}."))
    read = number if is_number or fact in ("head.age", "members.age") else text
    return read(rows.file, fact, rows.cells[fact], rows.frame)


def _refuse_doubled(rows: Rows, frame: pl.DataFrame) -> None:
    doubled = int(frame["household"].is_duplicated().sum())
    if doubled:
        raise ContractError(
            f"{rows.file}: {doubled} of {len(frame)} rows of wave {rows.wave.name} share a household's "
            "number; join what tells them apart (household: [area, number]), write `person` where a row is a "
            "person, or amount_of: rows where rows are items to add up"
        )


def _refuse_unlike(rows: Rows, frame: pl.DataFrame, facts: Sequence[str]) -> None:
    """Refuse what should be the household's and differs between its rows."""
    for fact in facts:
        unlike = (
            frame.group_by("household").agg(pl.col(fact).drop_nulls().n_unique()).filter(pl.col(fact) > 1)
        )
        if len(unlike):
            raise ContractError(
                f"{rows.file}: {fact} differs between the rows of {len(unlike)} households of wave "
                f"{rows.wave.name}; write amount_of: rows where each row has an amount of its own, or "
                "clean the column"
            )


def _of_table(rows: Rows, table: str) -> pl.DataFrame:
    """Give what rows tell in a table, each person or household once."""
    own = [fact for fact in rows.cells if fact.startswith(f"{table}.")]
    person = pl.col("person:") if "person:" in rows.frame.columns else pl.lit(None, pl.String)
    frame = rows.frame.select(
        pl.lit(rows.wave.name).alias("wave"), pl.col("household:").alias("household"), person.alias("person")
    ).with_columns(_value(rows, fact).alias(fact.partition(".")[2]) for fact in own)
    if table == "members":
        doubled = int(frame.unique().select(pl.struct(PERSON).is_duplicated().sum()).item())
        if doubled:
            raise ContractError(
                f"{rows.file}: {doubled} of {len(frame)} rows of wave {rows.wave.name} share a person's "
                "number in their household; join what tells them apart, or clean the column"
            )
    return frame.unique(maintain_order=True)


def _stacked(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return (
        pl.concat(frames, how="diagonal").unique(maintain_order=True)
        if table in EVENTS
        else _joined(frames, PERSON)
    )


def _joined(frames: Sequence[pl.DataFrame], keys: tuple[str, ...]) -> pl.DataFrame:
    """Bring together what several files tell of the same; the first that tells it counts."""
    stacked = pl.concat(frames, how="diagonal")
    rest = [name for name in stacked.columns if name not in keys]
    return stacked.group_by(keys, maintain_order=True).agg(pl.col(name).drop_nulls().first() for name in rest)
