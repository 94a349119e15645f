"""The risk model: boosted trees and a logistic member, averaged on the log-odds scale, then calibrated."""

from collections.abc import Mapping
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin

from models.risk.calibration import Calibration
from models.risk.logistic import fit_logistic, mixed
from models.risk.sampling import household_lot
from register.errors import ContractError, SeasonError

Floats = NDArray[np.float64]

#: Every member leaves out another one of this many parts of the households.
PARTS = 5


class RiskModel(ClassifierMixin, BaseEstimator):
    """LightGBM members and a logistic regression, averaged on the log-odds scale.

    Each booster has its own seed and its own 80 % of the households. Rows are sorted
    before training and none are bagged, so neither their order nor the number of threads
    changes a bit. Both kinds are always fitted; `blended` says how much the logistic one counts.

    Parameters
    ----------
    members : int
        How many boosters.
    rounds : int
        Trees of a member.
    learning_rate, num_leaves, max_depth, min_data_in_leaf, feature_fraction, lambda_l2, max_bin
        As in LightGBM.
    ridge : float
        Penalty of the logistic member (`models.risk.logistic.fit_logistic`).
    seed : int
        Seed of the first member.
    threads : int
        Threads of LightGBM; results do not depend on it.

    Attributes
    ----------
    feature_names_in_ : list of str
        Columns in the order the model wants them.
    members_ : list of Booster
        Read back from the text that is stored, so a loaded model is bit-identical.
    logistic_ : LogisticMember
        Fitted on the same rows.
    logistic_share_ : float
        How much of the margin is the logistic member's: 0 until `blended` says otherwise.
    calibration_ : Calibration
        The identity until `calibrated` gives another one.

    References
    ----------
    EVALUATION 4: on a real panel a blend of both beats either by a little.
    """

    def __init__(
        self,
        *,
        members: int = 3,
        rounds: int = 150,
        learning_rate: float = 0.08,
        num_leaves: int = 15,
        max_depth: int = 6,
        min_data_in_leaf: int = 100,
        feature_fraction: float = 0.2,
        lambda_l2: float = 10.0,
        max_bin: int = 63,
        ridge: float = 50.0,
        seed: int = 1,
        threads: int = 1,
    ) -> None:
        self.members = members
        self.rounds = rounds
        self.learning_rate = learning_rate
        self.num_leaves = num_leaves
        self.max_depth = max_depth
        self.min_data_in_leaf = min_data_in_leaf
        self.feature_fraction = feature_fraction
        self.lambda_l2 = lambda_l2
        self.max_bin = max_bin
        self.ridge = ridge
        self.seed = seed
        self.threads = threads

    def fit(
        self,
        frame: pd.DataFrame,
        label: NDArray[np.int64],
        weight: Floats | None = None,
        directions: Mapping[str, int] | None = None,
    ) -> "RiskModel":
        """Train the members.

        Parameters
        ----------
        frame : pandas.DataFrame
            Features, indexed by (household_id, as_of_date).
        label : ndarray of int
            1 fell below the line, 0 did not.
        weight : ndarray, optional
            One by default.
        directions : mapping of str to int, optional
            Monotone constraint of a feature: +1, -1 or 0.

        Raises
        ------
        SeasonError
            When all rows have the same label.
        """
        _refuse_one_class(label)
        self.feature_names_in_ = list(frame.columns)
        matrix = self.checked(frame)
        order = np.lexsort([frame.index.get_level_values(1), frame.index.get_level_values(0)])
        weights = np.ones(len(label)) if weight is None else weight
        lots = household_lot(pl.Series(frame.index.get_level_values(0).to_list()), "parts")[order]
        wanted = [int((directions or {}).get(name, 0)) for name in self.feature_names_in_]
        data = (matrix[order], np.asarray(label)[order], weights[order], lots)
        self.members_ = self._train_members(data, wanted)
        self.logistic_ = fit_logistic(data[0], data[1], data[2], wanted, self.ridge)
        self.logistic_share_ = 0.0
        self.calibration_ = Calibration()
        self.classes_ = np.array([0, 1])
        return self

    def calibrated(self, calibration: Calibration) -> "RiskModel":
        """Read the members' margin through `calibration` from now on."""
        self.calibration_ = calibration
        return self

    def blended(self, logistic_share: float) -> "RiskModel":
        """Let the logistic member make up this share of the margin from now on."""
        self.logistic_share_ = logistic_share
        return self

    def raw_margin(self, frame: pd.DataFrame) -> Floats:
        """Average the members' log-odds, not yet calibrated."""
        return self._raw_members(frame).mean(axis=1)

    def raw_kinds(self, frame: pd.DataFrame) -> tuple[Floats, Floats]:
        """Give the log-odds of each booster, one column each, and those of the logistic member."""
        matrix = self.checked(frame)
        return self._boosted(matrix), self.logistic_.margin(matrix)

    def margin(self, frame: pd.DataFrame) -> Floats:
        """Give the calibrated log-odds of each row."""
        return self.calibration_.margin(self.raw_margin(frame))

    def member_margins(self, frame: pd.DataFrame) -> Floats:
        """Give each member's calibrated log-odds, one column a member; their mean is `margin`."""
        return self.calibration_.margin(self._raw_members(frame))

    def risk_bounds(self, frame: pd.DataFrame) -> tuple[Floats, Floats]:
        """Give the Venn-Abers bounds of the risk."""
        return self.calibration_.bounds(self.raw_margin(frame))

    def predict_proba(self, frame: pd.DataFrame) -> Floats:
        """Give the risk in the second column, its complement in the first."""
        risk = expit(self.margin(frame))
        return np.column_stack([1 - risk, risk])

    def predict(self, frame: pd.DataFrame) -> NDArray[np.int64]:
        """Say 1 where the risk is above one half."""
        return (self.margin(frame) > 0).astype(np.int64)

    def _raw_members(self, frame: pd.DataFrame) -> Floats:
        matrix, share = self.checked(frame), self.logistic_share_
        boosted = self._boosted(matrix)
        return boosted if share == 0 else mixed(boosted, self.logistic_.margin(matrix)[:, None], share)

    def _boosted(self, matrix: Floats) -> Floats:
        if not len(matrix):
            return np.empty((0, len(self.members_)))
        margins = np.column_stack(
            [one.predict(matrix, raw_score=True, num_threads=self.threads) for one in self.members_]
        )
        if not np.isfinite(margins).all():
            raise ContractError("model: a score is not a finite number; the model is damaged, train it again")
        return margins

    def checked(self, frame: pd.DataFrame) -> Floats:
        """Give the numbers of `frame`, refusing what the model was not trained on."""
        return checked_matrix(frame, self.feature_names_in_)

    def _train_members(self, data: tuple[Any, ...], directions: list[int]) -> list[lgb.Booster]:
        matrix, label, weight, lots = data
        rows = lgb.Dataset(
            *(matrix, label),
            weight=weight,
            feature_name=self.feature_names_in_,
            params=self._lightgbm_params(0, directions),
            free_raw_data=False,
        )
        return [self._train_member(number, rows, label, lots, directions) for number in range(self.members)]

    def _train_member(
        self, number: int, rows: lgb.Dataset, label: NDArray[np.int64], lots: Floats, directions: list[int]
    ) -> lgb.Booster:
        kept = lots * PARTS // 1 != number % PARTS
        kept = kept if len(np.unique(label[kept])) == 2 else np.ones(len(label), dtype=bool)
        params = self._lightgbm_params(number, directions)
        trained = lgb.train(params, rows.subset(np.flatnonzero(kept).tolist()), num_boost_round=self.rounds)
        return lgb.Booster(model_str=scrubbed(trained.model_to_string()))

    def _lightgbm_params(self, number: int, directions: list[int]) -> dict[str, Any]:
        return {
            "objective": "binary",
            "learning_rate": self.learning_rate,
            "num_leaves": self.num_leaves,
            "max_depth": self.max_depth,
            "min_data_in_leaf": self.min_data_in_leaf,
            "feature_fraction": self.feature_fraction,
            "lambda_l2": self.lambda_l2,
            "max_bin": self.max_bin,
            "monotone_constraints": directions,
            "seed": self.seed + number,
            "deterministic": True,
            "force_col_wise": True,
            "num_threads": self.threads,
            "verbosity": -1,
        }


def checked_matrix(frame: pd.DataFrame, names: list[str]) -> Floats:
    """Give the numbers of `frame`, if it is just what the model was trained on.

    Raises
    ------
    ContractError
        When columns, their order or their type differ, or a value is infinite.

    References
    ----------
    LightGBM itself accepts swapped and renamed columns without a word (RELIABILITY M10).
    """
    found = list(frame.columns)
    if found != names:
        at = next((i for i, pair in enumerate(zip(found, names, strict=False)) if pair[0] != pair[1]), None)
        place = min(len(found), len(names)) if at is None else at
        raise ContractError(
            f"features: column {place + 1} is {_name_at(found, place)}, the model was trained with "
            f"{_name_at(names, place)} there; build the features and train with the same code (huitou run)"
        )
    wrong = [str(name) for name, dtype in frame.dtypes.items() if dtype != np.float64]
    if wrong:
        raise ContractError(
            f"features: column {wrong[0]} has type {frame[wrong[0]].dtype}, allowed is float64; "
            "build the features again"
        )
    matrix = np.ascontiguousarray(frame.to_numpy())
    infinite = np.isinf(matrix).any(axis=0)
    if infinite.any():
        name = names[int(np.argmax(infinite))]
        raise ContractError(
            f"features: column {name} holds an infinite value, allowed are numbers and missing; mend its "
            "expression so that it does not divide by zero"
        )
    return matrix


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


def _without_ranges(line: str) -> str:
    if not line.startswith("feature_infos="):
        return line
    return "feature_infos=" + " ".join("none" for _ in line.split(" "))


def _name_at(names: list[str], place: int) -> str:
    return names[place] if place < len(names) else "nothing"


def _refuse_one_class(label: NDArray[np.int64]) -> None:
    n_positive = int(np.asarray(label).sum())
    if n_positive in (0, len(label)):
        raise SeasonError(
            f"training: {n_positive} of {len(label)} rows with a known label have the outcome, some must and "
            "some must not; take a later season or check the label section of params.yaml"
        )
