"""Cost and exactness of `models.attribution` beside SHAP of single features, on invented rows.

Run ``python -m benchmarks.attribution`` (about two minutes). Times are CPU seconds of one
thread, all in one run, so that their ratios hold on a busy machine too; ``attribute`` is
charged with reading the trees, shap and LightGBM are not. With ``NUMBA_CACHE_DIR`` set to
an empty folder the first call compiles.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shap
from threadpoolctl import threadpool_limits

from models.attribution import attribute
from models.risk import RiskModel
from models.tree_text import Floats

#: Households a county has, and how many of them the slower ways are timed on.
N_COUNTY, N_SLOW = 5000, 300
N_TRAINED, SEED = 20_000, 1


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
    county, few = frame.iloc[:N_COUNTY], frame.iloc[:N_SLOW]
    alone = {name: [name] for name in frame.columns}
    ours, (base, parts) = _cost(lambda: attribute(model, county, groups))
    single, (_, singles) = _cost(lambda: attribute(model, county, alone))
    lightgbm, contributions = _cost(
        lambda: _mean(one.predict(few.to_numpy(), pred_contrib=True) for one in model.members_)
    )
    explainers = [shap.TreeExplainer(one) for one in model.members_]
    by_shap, values = _cost(lambda: _mean(one.shap_values(few.to_numpy()) for one in explainers))
    summed = pd.DataFrame({group: singles[chosen].sum(axis=1) for group, chosen in groups.items()})
    differs = parts.to_numpy().argmax(axis=1) != summed.to_numpy().argmax(axis=1)
    return {
        "features in groups": f"{shape.n_features} in {shape.n_groups}",
        f"attribute by cause, ms a row of {N_COUNTY}": f"{ours / N_COUNTY:.4f}",
        f"attribute by feature, ms a row of {N_COUNTY}": f"{single / N_COUNTY:.4f}",
        f"shap.TreeExplainer, ms a row of {N_SLOW}": f"{by_shap / N_SLOW:.3f}",
        f"LightGBM pred_contrib, ms a row of {N_SLOW}": f"{lightgbm / N_SLOW:.3f}",
        "shap.TreeExplainer / by cause": f"{by_shap / N_SLOW / (ours / N_COUNTY):.1f} x",
        "pred_contrib / by cause": f"{lightgbm / N_SLOW / (ours / N_COUNTY):.1f} x",
        "pred_contrib / by feature": f"{lightgbm / N_SLOW / (single / N_COUNTY):.1f} x",
        "largest difference, single features": f"{np.abs(singles.iloc[:N_SLOW] - values).to_numpy().max():.1e}",
        "largest difference, base + parts - margin": f"{np.abs(base + parts.sum(axis=1) - model.margin(county)).max():.1e}",
        "rows whose top group differs from summed SHAP": f"{differs.mean():.1%}",
        "largest distance from summed SHAP": f"{np.abs(parts - summed).to_numpy().max():.3f}",
    }


def _cost(do: Callable[[], Any]) -> tuple[float, Any]:
    """Give the CPU time of the quicker of two calls, ms, and the result."""
    times = []
    for _ in range(2):
        started = time.process_time()
        result = do()
        times.append(1000 * (time.process_time() - started))
    return min(times), result


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


def _mean(of_members: Any) -> Floats:
    return np.mean([values for values in of_members], axis=0)


if __name__ == "__main__":
    main()
