"""Cost and exactness of `models.attribution.attribute` beside SHAP of single features, on invented rows.

One thread, processor time, the quickest of three calls. What is done once a model and process
(reading the trees, making tables of them) stands apart, and both together for a county.
"""

import warnings
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks.cost import quickest
from benchmarks.elsewhere import Rival, rivals_of
from benchmarks.invented import Rows, Shape, invented, year_before
from benchmarks.record import Cell, Table
from models.attribution.attribute import attribute, attribute_change
from models.risk.model import RiskModel

SHAPES = (
    Shape("default: 3 x 150 trees x 15 leaves", 130, 15),
    Shape(
        "large: 300 trees x 63 leaves",
        120,
        11,
        {"members": 1, "rounds": 300, "num_leaves": 63, "max_depth": -1, "min_data_in_leaf": 20},
    ),
)
#: Calls, of which the quickest counts.
TIMES = 3
NOTES = (
    "shap.TreeExplainer and pred_contrib give single features; by cause is the game of ADR 6.",
    "woodelf-explainer gives single features; grouptreeshap plays groups, on as many trees of XGBoost.",
    "Neither is in the lock: `--elsewhere PYTHON` names an interpreter that has them.",
)


@dataclass(frozen=True)
class Sizes:
    """Rows a model is trained on, a county's, and those the slower ways are timed on; where rivals live."""

    trained: int = 20_000
    county: int = 5_000
    few: int = 300
    elsewhere: Path | None = None


def measured(sizes: Sizes = Sizes(), shapes: Sequence[Shape] = SHAPES) -> tuple[list[Table], list[str]]:
    """Time and compare, one column a shape."""
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # shap of matplotlib when it is imported, and of LightGBM's shape
        columns = {shape.label: _column(shape, sizes) for shape in shapes}
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    rows = [{"": name, **{label: column.get(name) for label, column in columns.items()}} for name in names]
    return [Table("One thread, invented rows", rows)], list(NOTES)


def _column(shape: Shape, sizes: Sizes) -> dict[str, Cell]:
    rows = invented(shape, sizes.trained)
    model = RiskModel(**shape.trees).fit(rows.frame, rows.label)
    county = Rows(rows.frame.iloc[: sizes.county], rows.label[: sizes.county], rows.groups)
    return {
        "features in groups": f"{shape.n_features} in {shape.n_groups}",
        **_costs(model, county, sizes.few),
        **_rivals(model, county, sizes),
        **_differences(model, county, sizes.few),
    }


def _costs(model: RiskModel, county: Rows, few: int) -> dict[str, Cell]:
    frame, groups, n = county.frame, county.groups, len(county.frame)
    alone = {name: [name] for name in frame.columns}
    slow, earlier = frame.iloc[:few].to_numpy(), year_before(frame)
    unread = [_read_again(model) for _ in range(2 * TIMES)]
    once = 1000 * quickest(lambda: attribute(unread.pop(), frame.iloc[:0], groups), TIMES)
    all_in = 1000 * quickest(lambda: attribute(unread.pop(), frame, groups), TIMES)
    whole = 1000 * quickest(lambda: attribute(model, frame, groups), TIMES)
    single = 1000 * quickest(lambda: attribute(model, frame, alone), TIMES)
    change = 1000 * quickest(lambda: attribute_change(model, frame, earlier, groups), TIMES)
    explainers = _explainers(model)
    by_shap = 1000 * quickest(lambda: [one.shap_values(slow) for one in explainers]) / len(slow)
    contrib = (
        1000 * quickest(lambda: [one.predict(slow, pred_contrib=True) for one in model.members_]) / len(slow)
    )
    ours = whole / n
    return {
        "by cause, ms a row": round(ours, 4),
        "shap.TreeExplainer, ms a row": round(by_shap, 3),
        "LightGBM pred_contrib, ms a row": round(contrib, 3),
        "TreeExplainer / by cause": _times(by_shap / ours),
        "pred_contrib / by cause": _times(contrib / ours),
        f"a county of {n:,}, all in: TreeExplainer / by cause": _times(by_shap * n / all_in),
        "by single feature, ms a row": round(single / n, 4),
        "change of a year / by cause": _times(change / n / ours),
        "reading the trees, ms a process": round(once, 1),
    }


def _read_again(model: RiskModel) -> RiskModel:
    """Give the model as another process would have it: nothing is known of its trees yet."""
    fresh = copy(model)
    fresh.members_ = [lgb.Booster(model_str=one.model_to_string()) for one in model.members_]
    return fresh


def _rivals(model: RiskModel, county: Rows, sizes: Sizes) -> dict[str, Cell]:
    """Time what lives in another environment; what is not installed says so."""
    rivals = rivals_of(model, county, sizes.few, sizes.elsewhere)
    _, singles = attribute(model, county.frame, {name: [name] for name in county.frame.columns})
    return {name: cell for one in rivals for name, cell in _rival(one, singles).items()}


def _rival(rival: Rival, singles: pd.DataFrame) -> Mapping[str, Cell]:
    if rival.milliseconds is None:
        return {f"{rival.name}, ms a row": "not installed"}
    cells: dict[str, Cell] = {f"{rival.name} {rival.version}, ms a row": round(rival.milliseconds, 3)}
    if rival.singles is not None:
        apart = np.abs(rival.singles - singles.to_numpy()[: len(rival.singles)]).max()
        cells[f"{rival.name}: largest difference from ours"] = f"{apart:.1e}"
    return cells


def _differences(model: RiskModel, county: Rows, few: int) -> dict[str, Cell]:
    frame, groups = county.frame, county.groups
    base, parts = attribute(model, frame, groups)
    _, singles = attribute(model, frame, {name: [name] for name in frame.columns})
    slow = frame.iloc[:few].to_numpy()
    by_shap = np.mean([one.shap_values(slow) for one in _explainers(model)], axis=0)
    summed = pd.DataFrame({group: singles[chosen].sum(axis=1) for group, chosen in groups.items()})
    top, top_summed = parts.to_numpy().argmax(axis=1), summed.to_numpy().argmax(axis=1)
    from_shap = np.abs(singles[:few] - by_shap)
    from_margin = np.abs(base + parts.sum(axis=1) - model.margin(frame))
    return {
        "single features: largest difference from shap": f"{from_shap.max(axis=None):.1e}",
        "base + parts - margin: largest": f"{from_margin.max():.1e}",
        "rows whose top group differs from summed SHAP": f"{np.mean(top != top_summed):.1%}",
        "largest distance from summed SHAP, log-odds": round(float(np.abs(parts - summed).max(axis=None)), 3),
    }


def _explainers(model: RiskModel) -> list[Any]:
    import shap  # here: it takes seconds, and warns

    return [shap.TreeExplainer(one) for one in model.members_]


def _times(ratio: float) -> str:
    return f"{ratio:.1f} x"
