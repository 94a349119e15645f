"""Pictures of the evaluation as SVG text, drawn with the reader's own fonts."""

import logging
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from watchlists.judgement import MODELS
from watchlists.policies import POLICIES

#: Text stays text, ids do not change between runs.
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "huitou",
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
COLOURS = {
    "risk_model": "#b3541e",
    "logistic": "#1f4e5f",
    "income_over_line": "#7a8b94",
    "base_rate": "#c2cbd0",
}
POLICY_COLOURS = {
    "list": "#b3541e",
    "risk_only": "#8c6bb1",
    "pooled": "#5b8c5a",
    "alerts": "#1f4e5f",
    "income": "#7a8b94",
}


def svg(draw: Callable[[Axes], None], width: float = 5.2, height: float = 3.4) -> str:
    """Draw into fresh axes and give the picture as text; the same input, the same bytes."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    written = StringIO()
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.add_subplot())
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue().replace("'DejaVu Sans'", "'DejaVu Sans', sans-serif")


def reliability(table: pl.DataFrame) -> str:
    """Draw observed shares over predicted risk, with the diagonal of perfect calibration."""

    def draw(axes: Axes) -> None:
        top = 1.05 * max(0.01, *table["mean_risk"].to_list(), *table["observed"].to_list())
        axes.plot([0, top], [0, top], color="#c2cbd0", linewidth=1)
        axes.plot(
            table["mean_risk"].to_list(), table["observed"].to_list(), "o-", color="#b3541e", markersize=4
        )
        axes.set(xlabel="predicted risk", ylabel="observed share", xlim=(0, top), ylim=(0, top))

    return svg(draw)


def precision(table: pl.DataFrame, subgroup: str) -> str:
    """Draw precision over the share of the cohort that is visited, a line a model."""

    def draw(axes: Axes) -> None:
        chosen = table.filter(pl.col("subgroup") == subgroup)
        for model in (name for name in MODELS if name in chosen["model"].to_list()):
            rows = chosen.filter(pl.col("model") == model).sort("share_percent")
            shares, values = rows["share_percent"].to_list(), rows["precision"].to_list()
            axes.plot(shares, values, "o-", markersize=3, color=COLOURS[model], label=MODELS[model][1])
        axes.set(xlabel="share of the cohort visited, %", ylabel="precision", ylim=(0, None))
        axes.legend(frameon=False, fontsize=9)

    return svg(draw)


def ranking(rows: Sequence[Mapping[str, Any]], label: str) -> str:
    """Draw one metric of each model with its interval."""
    known = [row for row in rows if row["value"] is not None and row["model"] in MODELS]

    def draw(axes: Axes) -> None:
        for place, row in enumerate(reversed(known)):
            low, high = row["low"], row["high"]
            if low is not None and high is not None:
                axes.plot([low, high], [place, place], color=COLOURS[row["model"]], linewidth=2)
            axes.plot([row["value"]], [place], "o", color=COLOURS[row["model"]])
        axes.set_yticks(range(len(known)), [MODELS[row["model"]][1] for row in reversed(known)])
        axes.set(xlabel=label, ylim=(-0.6, len(known) - 0.4))

    return svg(draw, height=2.2)


def found(table: pl.DataFrame, season: str) -> str:
    """Draw falls found over visits a season: expected on the list, and how past seasons came out.

    `policy_legend` names the colours, in the page's own letters.

    Parameters
    ----------
    table : DataFrame
        `watchlists.found.FOUND` columns of one or several counties.
    season : str
        The delivered season; the others are past and judged, their mean is drawn.
    """

    def draw(axes: Axes) -> None:
        summed = table.group_by("season", "policy", "multiple").agg(
            pl.col("visits", "expected", "found").sum()
        )
        now = summed.filter(pl.col("season") == season, pl.col("policy") == "list").sort("visits")
        axes.plot(
            now["visits"].to_list(),
            now["expected"].to_list(),
            "o--",
            markersize=3,
            color=POLICY_COLOURS["list"],
        )
        past = summed.filter(pl.col("season") != season).group_by("policy", "multiple")
        mean = past.agg(pl.col("visits", "found").mean()).sort("visits")
        for policy in POLICIES:
            rows = mean.filter(pl.col("policy") == policy)
            visits, cases = rows["visits"].to_list(), rows["found"].to_list()
            axes.plot(visits, cases, "o-", markersize=3, color=POLICY_COLOURS[policy])
        axes.set(xlabel="visits a season", ylabel="falls found", xlim=(0, None), ylim=(0, None))

    return svg(draw)


def policy_legend() -> list[tuple[str, str, str]]:
    """List colour, Chinese and English name of every policy."""
    return [(POLICY_COLOURS[policy], zh, en) for policy, (zh, en) in POLICIES.items()]
