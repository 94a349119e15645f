"""What reserving visits for the group missed most would find and cost: recall against its gap."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from models.figures import Figure
from models.resampling import Bootstrap, Resampling, interval, with_bounds
from watchlists.visits.groups import HARD_GROUPS
from watchlists.visits.policies import Visiting, turns_under, visited

#: Of each number reserved, with 95 % intervals: recall of all, and of the group less the rest, points.
FIGURES = ("recall", "gap")
SCHEMA = {
    "group": pl.String(),
    "cover": pl.Int64(),
    **dict.fromkeys(("found", "fell", "group_found", "group_fell"), pl.Int64()),
    **dict.fromkeys([f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high")], pl.Float64()),
}
_SUMS = ("found", "fell", "group_found", "group_fell")
_VILLAGE = ["county_id", "village_id"]


def cover_series(
    cohorts: Mapping[str, pl.DataFrame], visiting: Visiting, numbers: Sequence[int], bootstrap: Bootstrap
) -> pl.DataFrame:
    """Judge the list of past seasons with ever more visits reserved for the hard group missed most.

    Parameters
    ----------
    cohorts : mapping of str to DataFrame
        By judged season, as `watchlists.visits.policies.visited_cohort` gives them.
    visiting : Visiting
        The choices of the list in force; what it reserves for other groups stays.
    numbers : sequence of int
        Visits each place reserves; 0 is no reserve.
    bootstrap : Bootstrap
        Draws of villages.

    Returns
    -------
    DataFrame
        `SCHEMA`, one row a number, all seasons together: falls ``found`` of those who ``fell``,
        of all and of the group; ``recall``, and ``gap``, the group's recall less that of the
        rest. No row where no season was judged, or nobody of any group fell.
    """
    group = missed_most({season: _turned(cohort, visiting) for season, cohort in cohorts.items()})
    if group is None:
        return pl.DataFrame(schema=SCHEMA)
    rows = []
    for number in numbers:
        reserving = replace(visiting, cover={**visiting.cover, group: number})
        turned = [_turned(cohort, reserving) for cohort in cohorts.values()]
        rows.append({"group": group, "cover": number, **_judged(pl.concat(turned), group, bootstrap)})
    return pl.DataFrame(rows, schema=SCHEMA)


def missed_most(turned: Mapping[str, pl.DataFrame]) -> str | None:
    """Name the hard group with the lowest recall on the list in force; None where nobody of any fell."""
    if not turned:
        return None
    fell = pl.concat(list(turned.values())).filter(pl.col("label").fill_null(value=False))
    recalls = {
        name: fell.filter(pl.col("groups").list.contains(name))["is_listed"].mean() for name in HARD_GROUPS
    }
    known = {name: float(value) for name, value in recalls.items() if isinstance(value, float)}
    return min(known, key=lambda name: known[name]) if known else None


def _turned(cohort: pl.DataFrame, visiting: Visiting) -> pl.DataFrame:
    turns = turns_under("list", cohort, visiting).with_columns(visited().alias("is_listed"))
    return turns.select(*_VILLAGE, "groups", "label", "is_listed")


def _judged(rows: pl.DataFrame, group: str, bootstrap: Bootstrap) -> dict[str, object]:
    fell, listed = pl.col("label").fill_null(value=False), pl.col("is_listed")
    own = pl.col("groups").list.contains(group)
    parts = (fell & listed, fell, fell & listed & own, fell & own)
    sums = (part.sum().cast(pl.Float64).alias(name) for name, part in zip(_SUMS, parts, strict=True))
    table = rows.group_by(_VILLAGE).agg(sums).sort(_VILLAGE)
    hits, falls, own_hits, own_falls = (table[name].to_numpy() for name in _SUMS)
    drawn = Resampling(pl.Series(range(len(table))), bootstrap.resamples, bootstrap.seed)
    sides = {"own": Figure(own_hits, own_falls), "rest": Figure(hits - own_hits, falls - own_falls)}
    spread, gap = drawn.spread(sides), sides["own"].value - sides["rest"].value
    ends = (gap, *interval(spread["own"] - spread["rest"]))
    names = ("gap", "gap_low", "gap_high")
    return {
        **{name: int(table[name].sum()) for name in _SUMS},
        **with_bounds({"recall": Figure(hits, falls)}, drawn),
        **{name: None if one is None else round(100 * one, 6) for name, one in zip(names, ends, strict=True)},
    }
