"""What `huitou missed` shows on the terminal: counts in both languages, and a short table with cut ids."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from register.cells.width import padded, text_width
from watchlists.label_wording import LabelWording, Words
from watchlists.report.cause_counts import NONE, words
from watchlists.report.missed_section import band_words
from watchlists.report.naming import share
from watchlists.report.published_evaluation import count
from watchlists.visits.groups import HARD_GROUPS
from watchlists.visits.missed import band
from watchlists.visits.policies import visited

#: Rows of the table, and letters of an id: enough to point at, too few to look anybody up by.
MOST_ROWS, SHORT = 15, 8
FELL_BY: dict[str, Words] = {
    "line": ("收入跌破线", "income below the line"),
    "guarantee": ("三保障缺失", "a guarantee lost"),
    "identified": ("被识别为监测对象", "identified"),
}
HEADS: tuple[Words, ...] = (
    ("户", "household"),
    ("风险", "risk"),
    ("县内次序", "rank"),
    ("入列最低", "last listed"),
    ("收入/线", "income/line"),
    ("写明原因", "named cause"),
    ("怎样跌破", "fell by"),
    ("几个月后", "months"),
)


def missed_text(season: str, turns: pl.DataFrame, rows: pl.DataFrame, wording: LabelWording) -> str:
    """Write the counts, then those with the highest risks.

    Parameters
    ----------
    season : str
        Of the list.
    turns : DataFrame
        The whole cohort in the order of its list, with ``label``.
    rows : DataFrame
        `watchlists.visits.missed.MISSED` columns, ``main_cause``, ``fell_by``, ``lead_months``.
    wording : LabelWording
        What the outcome is called.
    """
    fell, listed, of = int(turns["label"].sum()), len(turns.filter(visited())), wording.of
    unlisted = f"{count(len(rows))} ({share(len(rows), fell)})"
    lines = [
        f"{season} · {of.zh} {of.past} {count(fell)} · 名单 list {listed:,} · 未列 not listed {unlisted}",
        "编号只显示前几位；全部见 --output 的文件。Ids are cut short; --output writes all of them.",
        *_counts("当时写明的原因 cause named then", rows["main_cause"].fill_null(NONE), words),
        *_counts("怎样跌破 fell by", rows["fell_by"], FELL_BY.__getitem__),
        *_counts(
            "当时收入 income then", rows.select(band(pl.col("resources_over_line")))["band"], band_words
        ),
        *_counts(
            "各类户，可属多类 groups, which overlap", rows["groups"].explode(empty_as_null=False), _group
        ),
        "",
        *_table(rows.head(MOST_ROWS)),
    ]
    return wording.worded("".join(f"{line.rstrip()}\n" for line in lines))


def _group(name: str) -> Words:
    return HARD_GROUPS[name].zh, HARD_GROUPS[name].en


def _counts(head: str, values: pl.Series, name_of: Callable[[str], Words]) -> Iterable[str]:
    counted = values.drop_nulls().value_counts(name="n").sort("n", values.name, descending=[True, False])
    return ["", head, *(f"  {count(n):>6}  {' '.join(name_of(value))}" for value, n in counted.iter_rows())]


def _table(rows: pl.DataFrame) -> list[str]:
    heads = [[zh for zh, _ in HEADS], [en for _, en in HEADS]]
    cells = [_cells(row) for row in rows.iter_rows(named=True)]
    widths = [max(text_width(cell) for cell in column) for column in zip(*heads, *cells, strict=True)]
    return [
        "  ".join(padded(cell, width) for cell, width in zip(line, widths, strict=True))
        for line in (*heads, *cells)
    ]


def _cells(row: Mapping[str, Any]) -> list[str]:
    cause = words(row["main_cause"] or NONE)
    return [
        f"{row['household_id'][:SHORT]}…",
        f"{row['risk']:.1%}",
        str(row["rank_in_county"]),
        "–" if row["lowest_risk_listed"] is None else f"{row['lowest_risk_listed']:.1%}",
        "–" if row["resources_over_line"] is None else f"{row['resources_over_line']:.2f}",
        " ".join(cause),
        " ".join(FELL_BY.get(row["fell_by"], ("–",))),
        "–" if row["lead_months"] is None else f"{row['lead_months']:.0f}",
    ]
