"""SHAP's plots of the parts by cause, as SVG text: beeswarm, dependence, waterfall."""

import logging
import warnings
from collections.abc import Callable
from io import StringIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import polars as pl

from features.declaration import GROUPS
from watchlists.pages.plots import STYLE

with warnings.catch_warnings():
    # shap calls what matplotlib will withdraw one day.
    warnings.simplefilter("ignore", PendingDeprecationWarning)
    import shap

#: Households in a beeswarm, the highest risks first.
MOST_HOUSEHOLDS = 1000


def parts_by_cause(scores: pl.DataFrame, quantity: pl.Expr | None = None) -> shap.Explanation:
    """Dress the parts of a release's scores for the plots of shap.

    Parameters
    ----------
    scores : DataFrame
        ``base_margin`` and ``phi_<group>``, with `quantity` if given.
    quantity : Expr, optional
        What the colour or the horizontal axis stands for; the risk by default.

    Returns
    -------
    shap.Explanation, shape (n_households, n_groups)
        Exact Shapley values of the groups, not sums over features.
    """
    values = scores.select(f"phi_{group}" for group in GROUPS).to_numpy()
    data = scores.select((pl.col("risk") if quantity is None else quantity).cast(pl.Float64)).to_numpy()
    return shap.Explanation(
        values,
        base_values=scores["base_margin"].to_numpy(),
        data=np.repeat(data, len(GROUPS), axis=1),
        feature_names=list(GROUPS),
    )


def beeswarm(scores: pl.DataFrame) -> str:
    """Draw every group's parts of the households with the highest risks; red is a higher risk."""
    highest = scores.sort("risk", "household_id", descending=[True, False]).head(MOST_HOUSEHOLDS)
    return _drawn(
        lambda: shap.plots.beeswarm(
            parts_by_cause(highest), max_display=len(GROUPS), color_bar_label="risk", show=False
        )
    )


def dependence(scores: pl.DataFrame, group: str, over: str, label: str) -> str:
    """Draw a group's part over a column of `scores`."""
    known = scores.filter(pl.col(over).is_not_null())
    parts = parts_by_cause(known, pl.col(over))[:, group]

    def draw() -> None:
        shap.plots.scatter(parts, hist=False, x_jitter=0, ylabel=f"{group}, log-odds", show=False)
        plt.gca().set_xlabel(label)

    return _drawn(draw)


def waterfall(score: pl.DataFrame) -> str:
    """Draw one household's way from the base to its log-odds; one row of scores."""
    one = parts_by_cause(score)[0]
    one.data = None
    return _drawn(lambda: shap.plots.waterfall(one, max_display=len(GROUPS), show=False))


def _drawn(draw: Callable[[], object]) -> str:
    """Let shap draw and give the picture as text; the same input, the same bytes."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    written, state = StringIO(), np.random.get_state()  # noqa: NPY002 - shap jitters with this generator
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # shap's own, of matplotlib and NumPy
        np.random.seed(0)  # noqa: NPY002
        plt.figure()
        draw()
        plt.savefig(written, format="svg", metadata={"Date": None}, bbox_inches="tight")
        plt.close("all")
    np.random.set_state(state)  # noqa: NPY002
    return written.getvalue().replace("'DejaVu Sans'", "'DejaVu Sans', sans-serif")
