"""What must-visit rules cost: what their visits found, and what as many visits by risk would have found."""

import numpy as np
import polars as pl

from models.figures import Figure
from models.resampling import Bootstrap, Resampling, with_bounds

COUNTS = ("visits", "known", "found", "displaced", "displaced_known", "displaced_found")
#: With 95 % intervals: share of the duties that fell, of the displaced, and falls not found.
FIGURES = ("precision", "displaced_precision", "cost")
_SCHEMA = {
    **dict.fromkeys(COUNTS, pl.Int64()),
    **dict.fromkeys([f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high")], pl.Float64()),
}
#: The column that says who would be listed without a rule begins with it; ``all`` stands for every rule.
WITHOUT = "listed_without_"
#: And who would be with a ceiling on resources.
BELOW = "listed_below_"


def duty_prices(judged: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Price every must-visit rule, and all of them together, over the judged seasons.

    Parameters
    ----------
    judged : DataFrame
        One row a household and season: ``cluster``, ``label`` (missing where not known), ``duties``
        (list of the rules that speak), ``is_listed``, and a flag ``listed_without_<rule>`` a rule,
        and one for all: who would be listed at as many visits if it did not speak.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        One row a rule (a household may be under several), ``all`` first: its ``visits``, of them
        ``known`` and ``found`` (fell); the same of the ``displaced``, who would be listed
        without it and are not; ``precision`` of both and ``cost``: falls that are not found
        because the rule takes visits; 95 % intervals, six decimals. Missing without a visit.
    """
    named = [name.removeprefix(WITHOUT) for name in judged.columns if name.startswith(WITHOUT)]
    duties, rows = pl.col("duties").list, []
    for rule in named:
        speaks = duties.len() > 0 if rule == "all" else duties.contains(rule)
        rows.append(
            {"rule": rule, **_priced(judged, speaks, "is_listed", f"{WITHOUT}{rule}", bootstrap)},
        )
    return pl.DataFrame(rows, schema={"rule": pl.String(), **_SCHEMA}, infer_schema_length=None)


def ceiling_prices(judged: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Price the duties that would be left if rules had a ceiling on resources, for every ceiling tried.

    Parameters
    ----------
    judged : DataFrame
        As `duty_prices` wants it, and by ceiling flags ``listed_below_<ceiling>`` and
        ``duty_below_<ceiling>``.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        ``resources_below`` (times the line), and the columns of `duty_prices`.
    """
    tried = [name.removeprefix(BELOW) for name in judged.columns if name.startswith(BELOW)]
    rows = [
        {
            "resources_below": float(ceiling),
            **_priced(
                judged, pl.col(f"duty_below_{ceiling}"), f"{BELOW}{ceiling}", f"{WITHOUT}all", bootstrap
            ),
        }
        for ceiling in tried
    ]
    return pl.DataFrame(rows, schema={"resources_below": pl.Float64(), **_SCHEMA}, infer_schema_length=None)


def _priced(
    judged: pl.DataFrame, speaks: pl.Expr, name: str, name_without: str, bootstrap: Bootstrap
) -> dict[str, object]:
    listed, without = pl.col(name), pl.col(name_without)
    known, fell = pl.col("label").is_not_null(), pl.col("label").fill_null(value=False)
    own, displaced = listed & speaks, without & ~listed
    parts = (own, own & known, own & fell, displaced, displaced & known, displaced & fell)
    lost = ((without & fell).cast(pl.Int64) - (listed & fell).cast(pl.Int64)).alias("lost")
    counted = judged.select(
        "cluster", *(part.cast(pl.Int64).alias(name) for name, part in zip(COUNTS, parts, strict=True)), lost
    )
    table = counted.group_by("cluster").sum().sort("cluster")
    values = {name: table[name].cast(pl.Float64).to_numpy() for name in (*COUNTS, "lost")}
    figures = {
        "precision": Figure(values["found"], values["known"]),
        "displaced_precision": Figure(values["displaced_found"], values["displaced_known"]),
        "cost": Figure(values["lost"], np.full(len(table), 1 / max(len(table), 1))),
    }
    drawn = Resampling(table["cluster"], bootstrap.resamples, bootstrap.seed)
    return {**{name: int(values[name].sum()) for name in COUNTS}, **with_bounds(figures, drawn)}
