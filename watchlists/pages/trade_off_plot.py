"""The picture of what reserving visits gains and costs: recall of all against the gap of a group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from watchlists.pages.plots import ACCENT, PALE, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Gap and recall, each with low and high: one number reserved.
Point = tuple[str, float, float, float, float, float, float]


def trade_off(points: Sequence[Point]) -> str:
    """Draw recall of all over the recall gap of a group, a point a number of visits reserved.

    Parameters
    ----------
    points : sequence of tuple
        What to write beside it; the gap in points with low and high; the recall in percent with low
        and high. In the order they are joined.
    """

    def draw(axes: "Axes") -> None:
        for _, gap, gap_low, gap_high, recall, low, high in points:
            axes.plot([gap_low, gap_high], [recall, recall], color=PALE, linewidth=1.2)
            axes.plot([gap, gap], [low, high], color=PALE, linewidth=1.2)
        axes.plot([one[1] for one in points], [one[4] for one in points], "o-", color=ACCENT, markersize=4)
        for name, gap, _, _, recall, *_ in points:
            axes.annotate(name, (gap, recall), xytext=(5, 5), textcoords="offset points")
        axes.axvline(0, color=PALE, linewidth=1, zorder=0)
        axes.set(xlabel="召回率差，百分点 recall gap, points", ylabel="召回率 recall, %")

    return svg(draw)
