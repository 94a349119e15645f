"""What must-visit rules cost: what their visits found, and what as many visits by risk would have found."""

import numpy as np
import polars as pl

from models.figures import Figure
from models.resampling import Bootstrap, Resampling, with_bounds

COUNTS = ("visits", "known", "found", "displaced", "displaced_known", "displaced_found")
#: With 95 % intervals: share of the duties that fell, of the displaced, and falls not found.
FIGURES = ("precision", "displaced_precision", "cost")
_SCHEMA = {
    "rule": pl.String(),
    **dict.fromkeys(COUNTS, pl.Int64()),
    **dict.fromkeys([f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high")], pl.Float64()),
}
#: The column that says who would be listed without a rule begins with it; ``all`` stands for every rule.
WITHOUT = "listed_without_"


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
    rows = [{"rule": rule, **_priced(judged, rule, bootstrap)} for rule in named]
    return pl.DataFrame(rows, schema=_SCHEMA, infer_schema_length=None)


def _priced(judged: pl.DataFrame, rule: str, bootstrap: Bootstrap) -> dict[str, object]:
    rules, without = pl.col("duties").list, pl.col(f"{WITHOUT}{rule}")
    speaks = rules.len() > 0 if rule == "all" else rules.contains(rule)
    known, fell = pl.col("label").is_not_null(), pl.col("label").fill_null(value=False)
    own, displaced = pl.col("is_listed") & speaks, without & ~pl.col("is_listed")
    parts = (own, own & known, own & fell, displaced, displaced & known, displaced & fell)
    lost = ((without & fell).cast(pl.Int64) - (pl.col("is_listed") & fell).cast(pl.Int64)).alias("lost")
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
