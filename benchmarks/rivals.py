"""Time explainers that this interpreter may have; a script of its own, which imports nothing of ours.

``PYTHON rivals.py FOLDER FEW`` reads members, rows and groups from FOLDER, times the slow ones on FEW rows,
and prints a JSON list of ``name, version, milliseconds``; single features' values stand in ``NAME.npy``.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

#: Rows for what goes through them one by one in Python: a small share of FEW.
ONE_BY_ONE = 15


def woodelf(folder: Path, few: int) -> float:
    """Explain single features of all members, path dependent, every row at once: it gains by many rows."""
    matrix = import_module("pandas").DataFrame(np.load(folder / "matrix.npy")).add_prefix("feature_")
    explainer, booster = import_module("woodelf").WoodelfExplainer, import_module("lightgbm").Booster
    members = [booster(model_file=path) for path in sorted(folder.glob("member_*.txt"))]
    explainers = [explainer(one) for one in members]
    explained = [one.shap_values(matrix.iloc[:few], verbose=False) for one in explainers]  # reads the trees
    spent = _milliseconds(lambda: [one.shap_values(matrix, verbose=False) for one in explainers])
    np.save(folder / "woodelf-explainer.npy", np.mean(explained, axis=0))
    return spent / len(matrix)


def grouptreeshap(folder: Path, few: int) -> float:
    """Explain groups of features, on trees of XGBoost of the same number and size."""
    xgboost, shape = import_module("xgboost"), json.loads((folder / "shape.json").read_text(encoding="utf-8"))
    matrix, label = np.load(folder / "matrix.npy").astype(np.float32), np.load(folder / "label.npy")
    growth = {"max_leaves": shape["leaves"], "grow_policy": "lossguide", "tree_method": "hist", "nthread": 1}
    settings = {"objective": "binary:logistic", "max_depth": shape["depth"], **growth}
    model = xgboost.train(settings, xgboost.DMatrix(matrix, label), shape["rounds"])
    explainer = import_module("grouptreeshap").GroupedTreeExplainer(model)
    rows = matrix[: max(1, min(few, ONE_BY_ONE))]
    first = {group: shape["groups"].index(group) for group in shape["groups"]}
    players = [first[group] for group in shape["groups"]]
    return (
        shape["members"]
        * _milliseconds(lambda: [explainer.shap_values(row, players) for row in rows])
        / len(rows)
    )


RIVALS: dict[str, Callable[[Path, int], float]] = {
    "woodelf-explainer": woodelf,
    "grouptreeshap": grouptreeshap,
}


def timed(folder: Path, few: int) -> Iterator[dict[str, Any]]:
    """Time each that is installed."""
    for name, run in RIVALS.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            yield {"name": name, "version": None, "milliseconds": None}
        else:
            yield {"name": name, "version": installed, "milliseconds": run(folder, few)}


def _milliseconds(do: Callable[[], object]) -> float:
    started = time.process_time()
    do()
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    print(json.dumps(list(timed(Path(sys.argv[1]), int(sys.argv[2])))))
