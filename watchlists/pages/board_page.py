"""The county's board on paper: one page a supervisor can print and hang up."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from features.declaration import CAUSES
from models.evaluation.disclosure import SMALL
from register.atomic import write_text
from register.reference import Cause
from watchlists.label_wording import LabelWording
from watchlists.pages import plots
from watchlists.pages.board_season import high_risk_off_list
from watchlists.pages.pages import drawing, page
from watchlists.visits.boards import LEVELS

#: Levels with a table of their own.
TABLES = ("township", "site", "village")
#: So many causes have room in a cell, from this share on.
MOST_CAUSES, LEAST_SHARE = 3, 0.05


def write_board(
    target: Path,
    areas: pl.DataFrame,
    visit_counts: pl.DataFrame,
    causes: Mapping[str, Cause],
    wording: LabelWording,
    facts: Mapping[str, Any],
) -> None:
    """Write one county's board.

    Parameters
    ----------
    target : Path
        The .html file.
    areas : DataFrame
        `watchlists.visits.boards.BOARD` of the county.
    visit_counts : DataFrame
        `watchlists.visits.policy_evaluation.VISIT_COUNTS` of the county.
    causes : mapping of str to Cause
        Labels of causes.
    wording : LabelWording
        What the outcome is called.
    facts : mapping
        ``season``, ``as_of_date``, ``rows`` (places of a table, at most), ``came_out``
        (watchlists.visits.policy_evaluation), ``line`` (watchlists.line_words), ``simulated``;
        ``visits``, its first block (`watchlists.pages.board_visits`);
        ``high_risk`` (watchlists.visits.off_list), ``made`` (`watchlists.pages.board_season.visits_made`);
        ``naming_truth``, how often named causes came true, Chinese and English, or None.
    """
    tables = [_table(areas, level, facts["rows"], causes) for level in TABLES]
    county = areas.filter(pl.col("level") == "county").row(0, named=True)
    ordered = areas["expected"].is_null().all()
    values = {
        **facts,
        "ordered": ordered,
        "naming_truth": facts.get("naming_truth"),
        "with_forecast": county["forecast_illness"] is not None,
        "told": wording,
        "small": SMALL,
        "off_list": high_risk_off_list(areas),
        "county": _row(county, 1.0, causes),
        "tables": [one for one in tables if one["rows"] and not _is_whole(one, county["area_id"])],
        "legend": plots.policy_legend(visit_counts),
        "picture": None if ordered else drawing(plots.cases_found(visit_counts, facts["season"], wording.of)),
    }
    write_text(target, page("board.html", values))


def _is_whole(table: Mapping[str, Any], county_id: str) -> bool:
    """Say whether the only place of a table is the county itself, as in a survey without townships."""
    return [row["area_id"] for row in table["rows"]] == [county_id]


def _table(areas: pl.DataFrame, level: str, rows: int, causes: Mapping[str, Cause]) -> dict[str, Any]:
    of_level = areas.filter(pl.col("level") == level)
    most = max([1.0, *of_level["expected_high"].drop_nulls().to_list()])
    first = [_row(row, most, causes) for row in of_level.head(rows).iter_rows(named=True)]
    _, _, zh, en = LEVELS[level]
    with_visits = any(row["visits"] is not None for row in first)
    return {"zh": zh, "en": en, "rows": first, "places": len(of_level), "with_visits": with_visits}


def _row(row: Mapping[str, Any], most: float, causes: Mapping[str, Cause]) -> dict[str, Any]:
    """Add words and the lengths of the bar: what is hidden stays missing."""
    hidden, ordered = row["households"] is None, row["expected"] is None
    return {
        **row,
        "hidden": hidden,
        "named": _largest(row, "share", causes),
        "none": row["share_none"],
        "forecast": _largest(row, "forecast", causes),
        "left": 0 if ordered else 100 * row["expected_low"] / most,
        "wide": 0 if ordered else 100 * (row["expected_high"] - row["expected_low"]) / most,
        "at": 0 if ordered else 100 * row["expected"] / most,
    }


def _largest(row: Mapping[str, Any], kind: str, causes: Mapping[str, Cause]) -> list[tuple[str, str, str]]:
    """Name the causes with the largest shares worth telling, with their words."""
    shares = {cause: row[f"{kind}_{cause}"] or 0.0 for cause in CAUSES}
    worth = sorted((one for one in CAUSES if shares[one] >= LEAST_SHARE), key=lambda one: -shares[one])
    return [(causes[one].zh, causes[one].en, f"{shares[one]:.0%}") for one in worth[:MOST_CAUSES]]
