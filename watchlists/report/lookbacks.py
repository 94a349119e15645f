"""The section on look-backs: visits done, what they confirmed, causes found, and how long help took."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.disclosure import SMALL, is_hidden
from models.names import POOLED
from register.reference import causes
from watchlists.release.past_lists import Hindsight
from watchlists.report.cells import Section, of_row, parted
from watchlists.report.lookback_figures import RESULTS
from watchlists.report.published_evaluation import count, figure, percent

COLUMNS = (
    ("入列", "listed"),
    ("已走访", "visited"),
    ("风险属实", "confirmed"),
    ("未发现风险", "not confirmed"),
    ("已有帮扶", "already helped"),
    ("已迁出", "moved away"),
    ("户主不在家，待再访", "nobody met yet"),
    ("属实比例", "share confirmed"),
    ("原因一致", "attributed cause among those found"),
    ("到首次走访天数", "days to the first visit"),
    ("到首项帮扶天数", "days to the first help"),
)
BANDS = {"risk": ("按返贫风险", "by risk"), "rank": ("按走访顺序", "by visiting order")}
BAND_COLUMNS = (*COLUMNS[:4], ("属实比例", "share confirmed"))


def lookback_section(hindsight: Hindsight) -> Section | None:
    """Tell what visits to past lists and this one found; None where none was read back.

    Seasons nobody came back from are left out; the pooled line stands where there are
    two or more.
    """
    visits = hindsight.tables["visits"].filter(pl.col("visited") + pl.col("tried") > 0)
    if not len(visits):
        return None
    seasons = [one for one in visits["season"] if one != POOLED]
    periods = seasons if len(seasons) == 1 else [*seasons, POOLED]
    bands = shown_bands(hindsight.tables["bands"].filter(pl.col("season").is_in([*seasons, POOLED])))
    return {
        "columns": COLUMNS,
        "rows": [
            {"name": _named(row["season"]), "cells": _cells(row)}
            for row in shown_visits(visits).iter_rows(named=True)
            if row["season"] in periods
        ],
        "bands": [_bands(bands, periods[-1], by) for by in BANDS],
        "bands_by_season": [(one, _bands(bands, one, by)) for one in periods[:-1] for by in BANDS],
        "causes": _causes(hindsight.tables["causes"].filter(season=POOLED)),
        "off_list": count(hindsight.facts.off_list) if hindsight.facts.off_list else "",
    }


def shown_visits(visits: pl.DataFrame) -> pl.DataFrame:
    """Take small counts of results out, and what would tell them; hidden in a season is hidden pooled."""
    long = visits.unpivot(list(RESULTS), index="season", variable_name="result", value_name="n")
    hidden = long.with_columns(hidden=is_hidden("n", "season", "result"))
    pooled = (pl.col("season") == POOLED) & pl.col("hidden").any().over("result")
    kept = hidden.with_columns(pl.when(~(pl.col("hidden") | pooled)).then(pl.col("n")))
    table = visits.drop(RESULTS).join(kept.pivot("result", index="season", values="n"), on="season")
    same = pl.col("agreement") * pl.col("with_cause")
    few = {
        "confirmed_share": pl.any_horizontal(pl.col(RESULTS[:2]).is_null()),
        "agreement": pl.any_horizontal(one.round() <= SMALL for one in (same, pl.col("with_cause") - same)),
        "visit": pl.col("visited") <= SMALL,
        "help": pl.col("helped") <= SMALL,
    }
    either = {name: flag.fill_null(value=True) for name, flag in few.items()}
    closed = {name: flag | ((pl.col("season") == POOLED) & flag.any()) for name, flag in either.items()}
    return table.with_columns(
        pl.when(~flag).then(pl.col(f"^{name}(_low|_high|_q1|_median|_q3)?$")) for name, flag in closed.items()
    )


def shown_bands(bands: pl.DataFrame) -> pl.DataFrame:
    """Take out small counts of a band, and the next smallest; hidden in a season is hidden pooled."""
    marked = bands.with_columns(
        whole=pl.concat_str("season", "by", separator=" "),
        band=pl.concat_str("by", pl.col("below").cast(pl.String).fill_null("")),
    ).with_columns(
        hidden=is_hidden("confirmed", "whole", "band") | is_hidden("not_confirmed", "whole", "band")
    )
    pooled = (pl.col("season") == POOLED) & pl.col("hidden").any().over("band")
    shares = ("confirmed", "not_confirmed", "precision", "precision_low", "precision_high")
    return marked.with_columns(pl.when(~(pl.col("hidden") | pooled)).then(pl.col(shares)))


def _named(season: str) -> tuple[str, str]:
    return ("合并", "pooled") if season == POOLED else (season, "")


def _cells(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    share = {"value": row["visited"] / row["listed"], "low": None, "high": None}
    return [
        (f"{row['listed']:,}",),
        (count(row["visited"]), percent(share)),
        *((_counted(row[name]),) for name in RESULTS),
        (count(row["tried"]),),
        parted(percent(of_row(row, "confirmed_share"))),
        (*parted(percent(of_row(row, "agreement"))), f"n {count(row['with_cause'])}"),
        _days(row, "visit", row["visited"]),
        _days(row, "help", row["helped"]),
    ]


def _days(row: Mapping[str, Any], name: str, n: int) -> tuple[str, ...]:
    middle, low, high = (figure({"value": row[f"{name}_{part}"]}, 0) for part in ("median", "q1", "q3"))
    return middle, "" if middle == "–" else f"{low}–{high}", f"n {count(n)}"


def _bands(bands: pl.DataFrame, season: str, by: str) -> Section:
    rows = bands.filter(season=season, by=by)
    return {
        "name": BANDS[by],
        "columns": BAND_COLUMNS,
        "rows": [{"name": (_band(row), ""), "cells": _band_cells(row)} for row in rows.iter_rows(named=True)],
    }


def _band(row: Mapping[str, Any]) -> str:
    """Name a band by its edges: risks as shares, ranks as they are counted."""
    low, high = row["at_least"], row["below"]
    if row["by"] == "risk":
        return f"{100 * (low or 0):g}–{100 * (1 if high is None else high):g}%"
    return f"{low or 1:g}+" if high is None else f"{low or 1:g}–{high - 1:g}"


def _band_cells(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    counts = [(count(row["listed"]),), (count(row["visited"]),)]
    results = [(_counted(row[name]),) for name in RESULTS[:2]]
    return [*counts, *results, parted(percent(of_row(row, "precision")))]


def _causes(pairs: pl.DataFrame) -> Section | None:
    """Set found causes in columns beside attributed ones in rows; small counts are out."""
    if not len(pairs):
        return None
    hidden = is_hidden("n", "season", "pair")
    named = pairs.with_columns(pair=pl.concat_str("attributed", "found", separator=" "))
    published = named.with_columns(pl.when(~hidden).then(pl.col("n")))
    cells = {(a, f): _counted(n) for a, f, n in published.select("attributed", "found", "n").iter_rows()}
    order = [one for one in causes() if one in {cause for pair in cells for cause in pair}]
    words = {code: (one.zh, one.en) for code, one in causes().items()}
    found_causes = [one for one in order if any(one == pair[1] for pair in cells)]
    return {
        "columns": [words[one] for one in found_causes],
        "rows": [
            {"name": words[one], "cells": [(cells.get((one, other), ""),) for other in found_causes]}
            for one in order
            if any(one == pair[0] for pair in cells)
        ],
    }


def _counted(number: int | None) -> str:
    return "–" if number is None else count(number)
