"""The boosted members: LightGBM, each with its own seed and its own part of the households left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np

from models.arrays import Flags, Floats, Integers
from register.errors import ContractError

#: Every member leaves out another one of this many parts of the households.
PARTS = 5


@dataclass(frozen=True)
class Rows:
    """What members are trained on, sorted.

    Attributes
    ----------
    matrix : ndarray, shape (n, n_features)
        Missing values are NaN.
    label : ndarray of int, shape (n,)
        0 or 1.
    weight : ndarray, shape (n,)
        How many rows a row stands for.
    lot : ndarray, shape (n,)
        Of its household, in [0, 1): decides which member leaves it out.
    """

    matrix: Floats
    label: Integers
    weight: Floats
    lot: Floats

    def where(self, kept: Flags | Integers) -> "Rows":
        """Keep some rows, or put them in another order."""
        return Rows(self.matrix[kept], self.label[kept], self.weight[kept], self.lot[kept])


def fit_boosters(
    rows: Rows, names: Sequence[str], parameters: Mapping[str, Any], members: int, rounds: int
) -> list[lgb.Booster]:
    """Train the members; `parameters` are LightGBM's, their seed is the first member's.

    Returns
    -------
    list of Booster
        Read back from the text that is stored, so a loaded model is bit-identical.
    """
    parameters = {
        "objective": "binary",
        "deterministic": True,
        "force_col_wise": True,
        "verbosity": -1,
        **parameters,
    }
    # Binned once, and the matrix let go: else every member's part of it would be copied too.
    binned = lgb.Dataset(
        rows.matrix,
        rows.label,
        weight=rows.weight,
        feature_name=list(names),
        params=dict(parameters),
    ).construct()
    return [_fit_booster(number, binned, rows, parameters, rounds) for number in range(members)]


def boosted_margins(members: Sequence[lgb.Booster], matrix: Floats, threads: int) -> Floats:
    """Give the log-odds of each row, one column a member.

    Raises
    ------
    ContractError
        When one is not a finite number.
    """
    if not len(matrix):
        return np.empty((0, len(members)))
    margins = np.column_stack([one.predict(matrix, raw_score=True, num_threads=threads) for one in members])
    if not np.isfinite(margins).all():
        raise ContractError("model: a score is not a finite number; the model is damaged, train it again")
    return margins


def part_left_out(lot: Floats) -> Integers:
    """Give the number of the member that leaves a household out, by its lot; there may be no such member.

    Examples
    --------
    >>> part_left_out(np.array([0.0, 0.19, 0.2, 0.99])).tolist()
    [0, 0, 1, 4]
    """
    return (lot * PARTS // 1).astype(np.int64)


def scrubbed(text: str) -> str:
    """Take out of a LightGBM model text what it need not tell.

    References
    ----------
    ``feature_infos`` holds the exact lowest and highest value of every feature, a
    person's income among them (RELIABILITY M9); ``num_threads`` would make the
    file depend on the machine.
    """
    lines = [line for line in text.split("\n") if not line.startswith("[num_threads:")]
    return "\n".join(_without_ranges(line) for line in lines)


def _fit_booster(
    number: int, binned: lgb.Dataset, rows: Rows, parameters: Mapping[str, Any], rounds: int
) -> lgb.Booster:
    kept = part_left_out(rows.lot) != number % PARTS
    kept = kept if len(np.unique(rows.label[kept])) == 2 else np.ones(len(rows.label), dtype=bool)
    seeded = {**parameters, "seed": parameters["seed"] + number}
    trained = lgb.train(seeded, binned.subset(np.flatnonzero(kept).tolist()), num_boost_round=rounds)
    return lgb.Booster(model_str=scrubbed(trained.model_to_string()))


def _without_ranges(line: str) -> str:
    if not line.startswith("feature_infos="):
        return line
    return "feature_infos=" + " ".join("none" for _ in line.split(" "))
