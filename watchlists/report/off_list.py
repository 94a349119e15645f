"""The part on visits off the list: what they confirmed, and which share of all confirmed risks that is."""

from typing import Any

import polars as pl

from models.evaluation.disclosure import SMALL, is_hidden
from models.names import POOLED
from watchlists.release.past_lists import Hindsight
from watchlists.report.cells import Section, of_row, parted
from watchlists.report.published_evaluation import count, percent

COLUMNS = (
    ("名单外走访户", "visited off the list"),
    ("其中风险属实", "of these confirmed"),
    ("名单上风险属实", "confirmed on the list"),
    ("漏测率（走访所见）", "share not listed, as visits saw it"),
    ("不在评估范围的户", "visited, outside the cohort"),
)
ALL = ""


def off_list_section(hindsight: Hindsight) -> Section | None:
    """Tell what visits off the lists confirmed; None where none was read back.

    Counties follow the line of all of them, of the pooled seasons or the only one, where there
    are several.
    """
    table = hindsight.tables["off_list"]
    if not len(table):
        return None
    seasons = sorted({*table["season"]} - {POOLED})
    periods = seasons if len(seasons) == 1 else [*seasons, POOLED]
    published = shown_off_list(table.filter(pl.col("season").is_in(periods)))
    whole = published.filter(pl.col("county_id").is_null())
    counties = published.filter(pl.col("county_id").is_not_null(), season=periods[-1])
    return {
        "columns": COLUMNS,
        "rows": [
            *({"name": _named(row["season"]), "cells": _cells(row)} for row in _in_order(whole, periods)),
            *(
                {"name": (row["county_id"], ""), "cells": _cells(row)}
                for row in counties.to_dicts()
                if len(counties) > 1
            ),
        ],
    }


def shown_off_list(table: pl.DataFrame) -> pl.DataFrame:
    """Take small counts out, and what would tell them.

    A county's count is hidden with the next smallest of its season; what is hidden in a season
    is hidden pooled, and a share where either of its counts is.
    """
    other = pl.col("visited") - pl.col("confirmed")
    named = table.with_columns(
        other=other,
        place=pl.col("county_id").fill_null(ALL),
        whole=pl.concat_str("season", pl.col("county_id").is_null(), separator=" "),
    )
    counts = ("confirmed", "other", "confirmed_listed")
    marked = named.with_columns(
        **{f"{name}_hidden": (pl.col(name) <= SMALL) | is_hidden(name, "whole", "place") for name in counts}
    ).with_columns(
        off=pl.col("confirmed_hidden") | pl.col("other_hidden"), on=pl.col("confirmed_listed_hidden")
    )
    pooled = pl.col("season") == POOLED
    closed = marked.with_columns(
        off=pl.col("off") | (pooled & pl.col("off").any().over("place")),
        on=pl.col("on") | (pooled & pl.col("on").any().over("place")),
    )
    either = pl.col("off") | pl.col("on")
    return closed.with_columns(
        pl.when(~pl.col("off")).then("confirmed").alias("confirmed"),
        pl.when(~pl.col("on")).then("confirmed_listed").alias("confirmed_listed"),
        pl.when(~either).then(pl.col("^omission.*$")),
    ).select(table.columns)


def _in_order(rows: pl.DataFrame, periods: list[str]) -> list[dict[str, Any]]:
    return sorted(rows.to_dicts(), key=lambda row: periods.index(row["season"]))


def _named(season: str) -> tuple[str, str]:
    return ("合并", "pooled") if season == POOLED else (season, "")


def _cells(row: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (count(row["visited"]),),
        (_counted(row["confirmed"]),),
        (_counted(row["confirmed_listed"]),),
        parted(percent(of_row(row, "omission"))),
        (count(row["outside"]),),
    ]


def _counted(number: int | None) -> str:
    return "–" if number is None else count(number)
