"""Pictures of the evaluation as SVG text, drawn with the reader's own fonts."""

import logging
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import polars as pl

from watchlists.label_wording import OutcomeWords
from watchlists.visits.policies import POLICIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Text stays text, ids do not change between runs.
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "huitou",
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
}
ACCENT, QUIET, PALE, COOL = "#b3541e", "#7a8b94", "#c2cbd0", "#1f4e5f"
#: Colours of lines, in the order of the models drawn.
LINES = (ACCENT, COOL, "#5b8c5a", QUIET, "#8c6bb1", "#b08d00")
POLICY_COLOURS = {
    "list": ACCENT,
    "risk_only": "#8c6bb1",
    "pooled": "#5b8c5a",
    "need": "#c2a33a",
    "flat": "#c2a33a",
    "alerts": COOL,
    "income": QUIET,
}

Interval = tuple[str, float, float | None, float | None]


def svg(draw: Callable[["Axes"], None], width: float = 5.2, height: float = 3.4, left: float = 0.13) -> str:
    """Draw into fresh axes and give the picture as text; the same input, the same bytes.

    The margins are set by hand: the letters are drawn by the reader's fonts, whose widths
    are not known here.

    Parameters
    ----------
    draw : callable
        Draws into the axes.
    width, height : float
        Inches.
    left : float
        Share of the width left of the axes.
    """
    import matplotlib as mpl  # slow to import, and pages without pictures need none
    from matplotlib.figure import Figure

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    written = StringIO()
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        figure = Figure(figsize=(width, height))
        figure.subplots_adjust(left=left, right=0.97, top=1 - 0.1 / height, bottom=0.55 / height)
        draw(figure.add_subplot())
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue().replace("'DejaVu Sans'", "'DejaVu Sans', 'Noto Sans CJK SC', sans-serif")


def reliability(table: pl.DataFrame) -> str:
    """Draw observed shares over predicted risk, with intervals and the diagonal of perfect calibration.

    Both axes are logarithmic: most households are at a low risk, and a share twice what it should be is as
    far from the diagonal there as it is among the highest.

    Parameters
    ----------
    table : DataFrame
        ``mean_risk, observed, low, high``; a bin that may not be shown has no ``observed``.
    """
    known = table.filter(pl.col("observed") > 0)

    def draw(axes: "Axes") -> None:
        risk, observed = known["mean_risk"].to_list(), known["observed"].to_list()
        ends = [*risk, *observed, *known["low"].drop_nulls().to_list(), *known["high"].drop_nulls().to_list()]
        bottom, top = _log_range([one for one in ends if one > 0])
        axes.plot([bottom, top], [bottom, top], color=PALE, linewidth=1)
        for at, low, high in known.select("mean_risk", "low", "high").drop_nulls().iter_rows():
            axes.plot([at, at], [max(low, bottom), high], color=ACCENT, linewidth=1.5)
        axes.plot(risk, observed, "o-", color=ACCENT, markersize=4)
        axes.set(xscale="log", yscale="log", xlim=(bottom, top), ylim=(bottom, top))
        axes.set(xlabel="预测风险 predicted risk", ylabel="实际比例 observed share")
        ticks = [one for one in SHARES_MARKED if bottom <= one <= top]
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_ticks(ticks, [f"{100 * one:g}%" for one in ticks])
            axis.set_ticks([], minor=True)

    return svg(draw)


#: Where a logarithmic axis of shares is marked.
SHARES_MARKED = [one * 10.0**power for power in range(-5, 0) for one in (1, 2, 5)] + [1.0]


def _log_range(shares: Sequence[float]) -> tuple[float, float]:
    """Give the ends of an axis with some room about what is drawn; a whole decade where nothing is."""
    return (min(shares) / 1.3, max(shares) * 1.3) if shares else (0.1, 1.0)


def precision(lines: Mapping[str, Sequence[tuple[float, float]]], base_rate: float) -> str:
    """Draw precision over the share of the cohort that is visited, a line a model.

    Parameters
    ----------
    lines : mapping of str to sequence of tuple
        Share (percent) and precision of each model, in the order of `LINES`.
    base_rate : float
        What visits by lot would find.
    """

    def draw(axes: "Axes") -> None:
        axes.axhline(base_rate, color=PALE, linewidth=1)
        for colour, points in zip(LINES, lines.values(), strict=False):
            shares, values = zip(*points, strict=True) if points else ((), ())
            axes.plot(shares, values, "o-", markersize=3, color=colour)
        axes.set(xlabel="走访比例 % share visited", ylabel="命中率 precision", ylim=(0, None))

    return svg(draw)


def intervals(rows: Sequence[Interval], label: str, zero: float, accented: Collection[str]) -> str:
    """Draw figures with their intervals, one below the other.

    Parameters
    ----------
    rows : sequence of tuple
        Name, value, and low and high (or None) of each.
    label : str
        Of the axis.
    zero : float
        Where the line of comparison stands.
    accented : collection of str
        Names to draw the eye to.
    """

    def draw(axes: "Axes") -> None:
        for place, (name, value, low, high) in enumerate(reversed(rows)):
            colour = ACCENT if name in accented else COOL
            if low is not None and high is not None:
                axes.plot([low, high], [place, place], color=colour, linewidth=2)
            axes.plot([value], [place], "o", color=colour, markersize=5)
        axes.axvline(zero, color=PALE, linewidth=1, zorder=0)
        axes.set_yticks(range(len(rows)), [row[0] for row in reversed(rows)])
        axes.tick_params(axis="y", length=0)
        axes.set(xlabel=label, ylim=(-0.6, len(rows) - 0.4))

    return svg(draw, width=5.6, height=0.75 + 0.24 * max(len(rows), 2), left=0.34)


def over_seasons(seasons: Sequence[str], lines: Sequence[Sequence[Interval]], label: str) -> str:
    """Draw a figure of several models season by season, with intervals, in the order of `LINES`."""

    def draw(axes: "Axes") -> None:
        for number, (colour, points) in enumerate(zip(LINES, lines, strict=False)):
            places = [seasons.index(season) + 0.08 * (number - (len(lines) - 1) / 2) for season, *_ in points]
            for place, (_, _, low, high) in zip(places, points, strict=True):
                if low is not None and high is not None:
                    axes.plot([place, place], [low, high], color=colour, linewidth=1.5)
            axes.plot(
                places, [value for _, value, *_ in points], "o-", color=colour, markersize=4, linewidth=1
            )
        axes.set_xticks(range(len(seasons)), seasons)
        axes.set(ylabel=label, xlim=(-0.4, len(seasons) - 0.6))

    return svg(draw, height=2.8)


def cases_found(table: pl.DataFrame, season: str, of: OutcomeWords) -> str:
    """Draw outcomes found over visits a season: expected on the list, and how past seasons came out.

    `policy_legend` names the colours, in the page's own letters.

    Parameters
    ----------
    table : DataFrame
        `watchlists.visits.policy_evaluation.VISIT_COUNTS` columns of one or several counties.
    season : str
        The delivered season; the others are past and judged, their mean is drawn.
    of : OutcomeWords
        What is found.
    """

    def draw(axes: "Axes") -> None:
        summed = table.group_by("season", "policy", "multiple").agg(
            pl.col("visits", "expected", "found").sum()
        )
        now = summed.filter(pl.col("season") == season, pl.col("policy") == "list").sort("visits")
        if table["expected"].is_not_null().any():
            expected = now["expected"].to_list()
            axes.plot(now["visits"].to_list(), expected, "o--", markersize=3, color=POLICY_COLOURS["list"])
        past = summed.filter(pl.col("season") != season).group_by("policy", "multiple")
        mean = past.agg(pl.col("visits", "found").mean()).sort("visits")
        for policy in POLICIES:
            rows = mean.filter(pl.col("policy") == policy)
            visits, cases = rows["visits"].to_list(), rows["found"].to_list()
            axes.plot(visits, cases, "o-", markersize=3, color=POLICY_COLOURS[policy])
        axes.set(
            xlabel="每季走访户数 visits a season",
            ylabel=f"发现{of.zh} {of.nouns} found",
            xlim=(0, None),
            ylim=(0, None),
        )

    return svg(draw)


def policy_legend(table: pl.DataFrame) -> list[tuple[str, str, str]]:
    """List colour, Chinese and English name of every policy that a table of visits tells of."""
    policies = table["policy"].unique().to_list()
    return [(POLICY_COLOURS[one], zh, en) for one, (zh, en) in POLICIES.items() if one in policies]
