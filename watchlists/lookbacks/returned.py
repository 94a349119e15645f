"""Rows that go back to whoever wrote them, kept from one reading to the next until they are solved."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from watchlists.lookbacks.pages import HEADINGS
from watchlists.lookbacks.places import PLACED
from watchlists.lookbacks.sheet import Filled
from watchlists.lookbacks.townships import Place, places_of, township_of
from watchlists.lookbacks.versions import LISTED
from watchlists.release.store import Release
from watchlists.sheets.sheet_words import TICKET

#: How much of a hash names a row; two rows of one list never meet in so much.
TICKET_DIGITS = 12
#: What a reader of workbooks gives for a formula and for an error value: nobody wrote that.
NO_TEXT = ("=", "#")


@dataclass(frozen=True)
class Objection:
    """What cannot be taken of one cell: where it stands, why, and what to do (Chinese / English)."""

    cell: str
    heading: str
    reason: str
    next_step: str


@dataclass(frozen=True)
class Returned:
    """A row that was set aside and is not solved yet.

    Attributes
    ----------
    ticket : str
        Names the row when it comes back; the same content of the same list has the same.
    season, list_id, source_kind : str
        The list it is of.
    county_id, township_id : str
        Of its household on the list, else of most rows of its file, else "".
    household_id : str
        Its id of the list, or as it was written; "" where none was.
    read_on : str
        ISO day of the reading that set it aside.
    file, row
        Where it stood then.
    cells : mapping of str to str
        Chinese heading -> what was written, word for word.
    objections : tuple of Objection
    """

    ticket: str
    season: str
    list_id: str
    source_kind: str
    county_id: str
    township_id: str
    household_id: str
    read_on: str
    file: str
    row: int
    cells: Mapping[str, str]
    objections: tuple[Objection, ...]

    @property
    def listed(self) -> tuple[str, str, str]:
        """Household of a list, as accepted visits name it."""
        return self.source_kind, self.list_id, self.household_id

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "Returned":
        """Take a row from what `dataclasses.asdict` made of it."""
        objections = tuple(Objection(**one) for one in kept["objections"])  # type: ignore[attr-defined]
        return cls(**{**kept, "objections": objections})  # type: ignore[arg-type]


def still_open(
    before: Sequence[Returned],
    taken: Sequence[tuple[Filled, Release]],
    accepted: pl.DataFrame,
    reasons: pl.DataFrame,
    read_on: date,
) -> list[Returned]:
    """Bring the returned rows up to date with a reading.

    A row is solved when a visit of its household on that list is accepted, and gone when its
    sheet of returned rows came back with the row corrected or emptied; a row of that sheet
    that is refused again takes its place. Nothing else removes a row: a colleague's file
    that says what is known already solves nobody's disagreement.

    Parameters
    ----------
    before : sequence of Returned
        What was open.
    taken : sequence of (Filled, Release)
    accepted : DataFrame
        New visits and versions of this reading: ``source_kind``, ``list_id``, ``household_id``.
    reasons : DataFrame
        `watchlists.lookbacks.places.PLACED`, of this reading.
    read_on : date

    Returns
    -------
    list of Returned
        Each once, the older first.
    """
    answered = {ticket for filled, _ in taken for ticket in tickets(filled).values()}
    settled = set(accepted.select(LISTED).iter_rows())
    kept = [one for one in before if one.ticket not in answered and one.listed not in settled]
    fresh = [one for filled, release in taken for one in _returned(filled, release, reasons, read_on)]
    return [*{one.ticket: one for one in [*kept, *fresh]}.values()]


def withdrawn(before: Sequence[Returned], taken: Sequence[tuple[Filled, Release]]) -> int:
    """Count the returned rows that came back emptied: there was no such visit."""
    known = {one.ticket for one in before}
    emptied = set()
    for filled, _ in taken:
        rows = set(filled.sheet.rows.filter(filled.filled))
        emptied |= {ticket for row, ticket in tickets(filled).items() if row not in rows}
    return len(known & emptied)


def tickets(filled: Filled) -> dict[int, str]:
    """Give the number of every returned row that a workbook brings back, by its row."""
    _, heading, *_ = TICKET
    if heading not in filled.written.columns:
        return {}
    return dict(filled.written.select("row", heading).drop_nulls().iter_rows())


def _returned(filled: Filled, release: Release, reasons: pl.DataFrame, read_on: date) -> Iterator[Returned]:
    own = reasons.filter(file=filled.file)
    places = places_of(release)
    usual = township_of(filled, places)
    households = dict(zip(filled.sheet.rows, filled.sheet.frame["household_id"], strict=True))
    written = {line["row"]: line for line in filled.written.iter_rows(named=True)}
    for row in own["row"].unique(maintain_order=True):
        household = households.get(row) or ""
        place: Place = places.get(household, usual)
        cells = {
            zh: text for zh, text in written[row].items() if zh != "row" and text not in (None, *NO_TEXT)
        }
        yield Returned(
            _ticket(release.source_kind, filled.list_id, cells),
            filled.season,
            filled.list_id,
            release.source_kind,
            *place,
            household,
            read_on.isoformat(),
            filled.file,
            row,
            cells,
            tuple(_objections(own.filter(row=row))),
        )


def _objections(reasons: pl.DataFrame) -> Iterator[Objection]:
    names = [name for name in PLACED if name not in ("file", "row")]
    for cell, heading, reason, next_step in reasons.select(names).iter_rows():
        yield Objection(cell, heading, reason, next_step)


def _ticket(source_kind: str, list_id: str, cells: Mapping[str, str]) -> str:
    content = [source_kind, list_id, *(cells.get(zh) for zh in HEADINGS)]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:TICKET_DIGITS]
