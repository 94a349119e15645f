"""Pictures of what causes do to the risk, as SVG text in the reader's own fonts: multiples of the odds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from watchlists.label_wording import Words
from watchlists.pages.plots import ACCENT, COOL, PALE, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Points of a picture: value, and low, middle and high of the multiples there.
Band = Sequence[tuple[float, float, float, float]]
#: What the colours of `side_by_side` stand for.
LEGEND = ((COOL, "长期处境", "long-term situation"), (ACCENT, "近一年的变化", "change of the last year"))
_TIMES = "几率的倍数 multiple of the odds"


def side_by_side(
    names: Sequence[str], multiples: Sequence[tuple[float, float]], least: float = 1.0, most: float = 1.0
) -> str:
    """Draw what the long-term and the fresh part of every group do to the odds, one group below the other.

    Parameters
    ----------
    names : sequence of str
        Of the groups.
    multiples : sequence of tuple of float
        Long-term and fresh, in the same order; above 1 raises the odds.
    least, most : float
        Multiples the axis must reach at least, so that pictures can be held side by side.
    """

    def draw(axes: "Axes") -> None:
        places = np.arange(len(names))[::-1]
        for shift, (colour, *_), values in zip((0.18, -0.18), LEGEND, np.transpose(multiples), strict=True):
            axes.barh(places + shift, values - 1, left=1, height=0.34, color=colour)
        axes.axvline(1, color=PALE, linewidth=1)
        axes.set_yticks(places, names)
        axes.tick_params(axis="y", length=0)
        _ratio_scale(axes, min(least, np.min(multiples)), max(most, np.max(multiples)))

    return svg(draw, width=5.6, height=0.7 + 0.3 * len(names), left=0.42)


def followed(over: str, band: Band) -> str:
    """Draw how a part follows a fact: the median household, and the middle four of five.

    Parameters
    ----------
    over : str
        Name of the fact.
    band : sequence of tuple of float
        Two points at least.
    """

    def draw(axes: "Axes") -> None:
        values, low, middle, high = np.transpose(band)
        axes.fill_between(values, low, high, color=PALE, linewidth=0)
        axes.plot(values, middle, "o-", color=ACCENT, markersize=3)
        axes.axhline(1, color=COOL, linewidth=0.8)
        axes.set(xlabel=over, ylabel="倍数 multiple", ylim=(0, None))

    return svg(draw, width=4.2, height=2.6, left=0.16)


def names_of(groups: Sequence[Words]) -> list[str]:
    """Write names for an axis, both languages on a line."""
    return [f"{zh} {en}" for zh, en in groups]


def _ratio_scale(axes: "Axes", low: float, high: float) -> None:
    """Set halving as far from 1 as doubling, with plain numbers along the axis."""
    reach = max(high, 1 / low)
    steps = next(ticks for upto, ticks in _TICKS.items() if reach <= upto)
    axes.set_xscale("log")
    axes.set_xticks(steps, [f"×{one:g}" for one in steps])
    axes.minorticks_off()
    axes.set(xlabel=_TIMES, xlim=(low / 1.02, high * 1.05))


#: Ticks by how far the multiples reach.
_TICKS = {
    1.5: (0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5),
    5: (0.2, 0.5, 1, 1.5, 2, 3, 5),
    float("inf"): (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100),
}
