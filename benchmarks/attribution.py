"""Cost and exactness of `models.attribution.attribute` beside SHAP of single features, on invented rows.

Run ``python -m benchmarks.attribution`` (about two minutes). Times are CPU seconds of one
thread, all in one run, so that their ratios hold on a busy machine too. What is done once
a call or explainer (reading the trees) stands apart. With ``NUMBA_CACHE_DIR`` set to an
empty folder the first call compiles.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shap
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.attribution.attribute import attribute, attribute_change
from models.risk.model import RiskModel

#: Households a county has, and how many of them the slower ways are timed on.
N_COUNTY, N_SLOW = 5000, 300
N_TRAINED, SEED = 20_000, 1
#: Share of the facts that stay from one year to the next (of the default run's it is 0.76), and by how many
#: standard deviations the others move.
STAYS, MOVES = 0.76, 0.5


@dataclass(frozen=True)
class Shape:
    """A model to time: its trees and its features, dealt to the groups in turn."""

    label: str
    n_features: int
    n_groups: int
    trees: dict[str, Any]


SHAPES = (
    Shape("default: 3 x 150 trees x 15 leaves", 130, 15, {}),
    Shape(
        "large: 300 trees x 63 leaves",
        120,
        11,
        {"members": 1, "rounds": 300, "num_leaves": 63, "max_depth": -1, "min_data_in_leaf": 20},
    ),
)


def main() -> None:
    """Print one column a shape."""
    with threadpool_limits(limits=1):
        print(f"first call, compiling or reading the cache: {_first_call():.1f} s of CPU")
        print(pd.DataFrame({shape.label: _measured(shape) for shape in SHAPES}).to_string())


def _measured(shape: Shape) -> dict[str, str]:
    frame, label, groups = _invented(shape, N_TRAINED)
    model = RiskModel(**shape.trees).fit(frame, label)
    dealt = {"features in groups": f"{shape.n_features} in {shape.n_groups}"}
    return {**dealt, **_times(model, frame, groups), **_differences(model, frame.iloc[:N_COUNTY], groups)}


def _times(model: RiskModel, frame: pd.DataFrame, groups: dict[str, list[str]]) -> dict[str, str]:
    alone = {name: [name] for name in frame.columns}
    few = frame.iloc[:N_SLOW].to_numpy()
    once = _cost(lambda: attribute(model, frame.iloc[:0], groups))
    county = _cost(lambda: attribute(model, frame.iloc[:N_COUNTY], groups))
    ours = (county - once) / N_COUNTY
    by_feature = (_cost(lambda: attribute(model, frame.iloc[:N_COUNTY], alone)) - once) / N_COUNTY
    earlier = _year_before(frame.iloc[:N_COUNTY])
    change = _cost(lambda: attribute_change(model, frame.iloc[:N_COUNTY], earlier, groups)) - once
    explainers = [shap.TreeExplainer(one) for one in model.members_]
    built = _cost(lambda: [shap.TreeExplainer(one) for one in model.members_])
    by_shap = _cost(lambda: [one.shap_values(few) for one in explainers]) / N_SLOW
    contrib = _cost(lambda: [one.predict(few, pred_contrib=True) for one in model.members_]) / N_SLOW
    return {
        "attribute by cause, ms a row": f"{ours:.4f}",
        "attribute_change by cause, ms a row": f"{change / N_COUNTY:.4f}",
        "attribute_change / attribute": f"{change / N_COUNTY / ours:.1f} x",
        "attribute by single feature, ms a row": f"{by_feature:.4f}",
        "shap.TreeExplainer, ms a row": f"{by_shap:.3f}",
        "LightGBM pred_contrib, ms a row": f"{contrib:.3f}",
        "TreeExplainer / by cause": f"{by_shap / ours:.1f} x",
        "pred_contrib / by cause": f"{contrib / ours:.1f} x",
        "TreeExplainer / by single feature": f"{by_shap / by_feature:.1f} x",
        "attribute, ms once a call": f"{once:.0f}",
        "building the TreeExplainers, ms": f"{built:.0f}",
        f"a county of {N_COUNTY}, TreeExplainer / by cause": f"{by_shap * N_COUNTY / county:.1f} x",
    }


def _year_before(frame: pd.DataFrame) -> pd.DataFrame:
    """Let some facts move a little, as they do in a year; which are missing stays."""
    generator = np.random.default_rng(SEED)
    moved = generator.normal(scale=MOVES, size=frame.shape) * (generator.random(frame.shape) >= STAYS)
    return frame + moved


def _differences(model: RiskModel, frame: pd.DataFrame, groups: dict[str, list[str]]) -> dict[str, str]:
    base, parts = attribute(model, frame, groups)
    _, singles = attribute(model, frame, {name: [name] for name in frame.columns})
    few = frame.iloc[:N_SLOW].to_numpy()
    by_shap = np.mean([shap.TreeExplainer(one).shap_values(few) for one in model.members_], axis=0)
    summed = pd.DataFrame({group: singles[chosen].sum(axis=1) for group, chosen in groups.items()})
    top, top_summed = parts.to_numpy().argmax(axis=1), summed.to_numpy().argmax(axis=1)
    shap_error = np.abs(singles[:N_SLOW] - by_shap).max(axis=None)
    margin_error = np.abs(base + parts.sum(axis=1) - model.margin(frame)).max()
    return {
        "single features: largest difference from shap": f"{shap_error:.1e}",
        "base + parts - margin: largest": f"{margin_error:.1e}",
        "rows whose top group differs from summed SHAP": f"{np.mean(top != top_summed):.1%}",
        "largest distance from summed SHAP, log-odds": f"{np.abs(parts - summed).max(axis=None):.3f}",
    }


def _cost(do: Callable[[], object]) -> float:
    """Give the CPU time of the quickest of three calls, ms."""
    times = []
    for _ in range(3):
        started = time.process_time()
        do()
        times.append(time.process_time() - started)
    return 1000 * min(times)


def _first_call() -> float:
    frame, label, groups = _invented(Shape("", 40, 4, {}), 500)
    model = RiskModel(members=1, rounds=2).fit(frame, label)
    started = time.process_time()
    attribute(model, frame.iloc[:10], groups)
    return time.process_time() - started


def _invented(shape: Shape, n: int) -> tuple[pd.DataFrame, Any, dict[str, list[str]]]:
    """Features of a group share half their variance; groups act alone and in pairs; 10 % are missing."""
    generator = np.random.default_rng(SEED)
    group_of = np.arange(shape.n_features) % shape.n_groups
    factor = generator.normal(size=(n, shape.n_groups))
    matrix = (factor[:, group_of] + generator.normal(size=(n, shape.n_features))) / np.sqrt(2)
    pairs = factor * np.roll(factor, 1, axis=1)
    strength = generator.normal(size=shape.n_groups)
    margin = -1.5 + 0.6 * (
        factor @ strength
        + pairs @ strength[::-1] / 2
        + 0.4 * matrix @ generator.normal(size=shape.n_features)
    )
    label = (generator.random(n) < 1 / (1 + np.exp(-margin))).astype(np.int64)
    matrix[generator.random(matrix.shape) < 0.1] = np.nan
    names = [f"feature_{number}" for number in range(shape.n_features)]
    index = pd.MultiIndex.from_product(
        [[f"H{number:05d}" for number in range(n)], [np.datetime64("2024-12-31")]]
    )
    groups = {
        f"group_{one}": [name for name, group in zip(names, group_of, strict=True) if group == one]
        for one in range(shape.n_groups)
    }
    return pd.DataFrame(matrix, index=index, columns=pd.Index(names)), label, groups


if __name__ == "__main__":
    main()
