"""The workbooks of a month: two tables for the county; the meeting's sheet and the notice of a village."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from register.reference.monthly_forms import Form
from watchlists.monthly.paper import Paper, draw
from watchlists.monthly.rows import Reading, case_rows
from watchlists.monthly.statistics import statistics, total
from watchlists.monthly.words import FOOTER, TOTAL, UNKNOWN, Pair, headings, sentences
from watchlists.sheets.sheet_drawing import workbook

SHEETS: Mapping[Form, str] = {
    "statistics": "统计表",
    "detail": "明细表",
    "meeting": "评议",
    "notice": "公示",
}
#: Points of the letters: a table is read at a desk, a sheet is passed round, a notice hangs on a wall.
SIZES: Mapping[Form, float] = {"statistics": 10.5, "detail": 10.5, "meeting": 12, "notice": 16}


def write_county(
    target: Path, county: str, cases: pl.DataFrame, townships: pl.DataFrame, reading: Reading
) -> None:
    """Write how many households of a county's townships, and which.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    county : str
        Its id.
    cases : DataFrame
        `watchlists.monthly.cases.CASES` of the county.
    townships : DataFrame
        Those of the county that have to report (`watchlists.monthly.statistics.TOWNSHIP`).
    reading : Reading
    """
    counted = statistics(cases, townships)
    rows = [
        {**row, "township": reading.called(row["township_id"]) or reading.say(UNKNOWN)}
        for row in counted.iter_rows(named=True)
    ]
    place = (reading.called(county), reading.called(county))
    totals = {**total(counted), "township": reading.say(TOTAL)}
    papers = (
        _paper("statistics", place, rows, reading, totals),
        _paper("detail", place, case_rows(cases, reading), reading),
    )
    _write(target, papers, reading)


def write_village(target: Path, form: Form, village: str, cases: pl.DataFrame, reading: Reading) -> None:
    """Write the sheet for a village's meeting, or its notice, of those proposed.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    form : str
        ``meeting`` or ``notice``.
    village : str
        As people call it.
    cases : DataFrame
        `watchlists.monthly.cases.CASES` of the village, those proposed alone.
    reading : Reading
    """
    _write(target, (_paper(form, (village, village), case_rows(cases, reading), reading),), reading)


def _paper(
    form: Form,
    place: Pair,
    rows: Sequence[Mapping[str, Any]],
    reading: Reading,
    totals: Mapping[str, Any] | None = None,
) -> Paper:
    facts = {"place": place, "month": reading.month.words, "day": (reading.day, reading.day)}
    (title,) = sentences(form, "title", reading.language, facts)
    return Paper(
        SHEETS[form],
        title,
        sentences(form, "above", reading.language, facts),
        headings(form, reading.language, named=bool(reading.people)),
        rows,
        sentences(form, "below", reading.language, facts),
        totals,
        SIZES[form],
        upright=form == "statistics" and reading.language != "zh",
    )


def _write(target: Path, papers: Sequence[Paper], reading: Reading) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with workbook(target, papers[0].title) as (book, _):
        for paper in papers:
            draw(book, paper, "" if paper.name == SHEETS["notice"] else reading.say(FOOTER))
