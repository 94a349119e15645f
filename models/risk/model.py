"""The risk model: boosted trees and a logistic member, averaged on the log-odds scale, then calibrated."""

from collections.abc import Mapping
from copy import copy
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import check_consistent_length, check_is_fitted, validate_data

from models.arrays import Flags, Floats, Integers
from models.risk.boosters import PARTS, Rows, boosted_margins, part_left_out
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.class_lines import ClassLines, RowLines
from models.risk.calibration.classes import class_columns, size_and_age
from models.risk.logistic import LogisticMember, blend, fit_logistic
from models.risk.matrix import checked_matrix, households_in_order
from models.risk.sampling import household_lot
from models.risk.second_set import fit_members
from register.errors import ContractError, SeasonError


class RiskModel(ClassifierMixin, BaseEstimator):
    """LightGBM members and a logistic regression, averaged on the log-odds scale.

    Each booster has its own seed and its own 80 % of the households. Rows are sorted
    before training and none are bagged, so neither their order nor the number of threads
    changes a bit. Both kinds are always fitted; `blended` says how much the logistic one counts.

    It keeps the contract of a scikit-learn classifier of two classes. What it asks beyond:
    a pandas frame is refused unless its columns are float64 and, after `fit`, the very
    columns it was fitted on, in their order.

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
    monotone_cst : mapping of str to int, optional
        Monotone constraint of a feature by its name: +1, -1 or 0; 0 for those not named, and
        names of other features are left alone.
    second_set : mapping, optional
        ``part, least``: of a second set of members for households poor before
        (`models.risk.second_set`); none by default.
    seed : int
        Seed of the first member.
    threads : int
        Threads of LightGBM; results do not depend on it.

    Attributes
    ----------
    classes_ : ndarray, shape (2,)
        Labels, the outcome last.
    n_features_in_ : int
        How many columns.
    feature_names_in_ : ndarray of str
        Their names in the order the model wants them; only after a frame.
    members_ : list of Booster
        Read back from the text that is stored, so a loaded model is bit-identical.
    second_set_rows_ : int
        Rows that taught the second set; 0 where there is none. Only after `fit`.
    logistic_ : LogisticMember
        Fitted on the same rows, but for those that only trees learn from.
    logistic_share_ : float
        How much of the margin is the logistic member's: 0 as fitted, see `blended`.
    class_lines_ : ClassLines
        How the margin of each class of households is read on the scale of everybody's: none as
        fitted, see `classed`.
    calibration_ : Calibration
        The identity as fitted, see `calibrated`.
    scenarios_ : mapping of str to Calibration
        How the same margin is read where the line rises otherwise, by the rise; none as fitted.

    References
    ----------
    EVALUATION 4: on a real panel a blend of both beats either by a little.

    Examples
    --------
    >>> generator = np.random.default_rng(0)
    >>> frame = pd.DataFrame({"income": generator.normal(size=500)})
    >>> fell = (frame["income"] + generator.normal(size=500) < -1).to_numpy()
    >>> model = RiskModel(members=1, rounds=20, min_data_in_leaf=20, monotone_cst={"income": -1})
    >>> model.fit(frame, fell).predict(pd.DataFrame({"income": [-3.0, 3.0]})).tolist()
    [True, False]
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
        feature_fraction: float = 0.5,
        lambda_l2: float = 10.0,
        max_bin: int = 63,
        ridge: float = 50.0,
        monotone_cst: Mapping[str, int] | None = None,
        second_set: Mapping[str, float] | None = None,
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
        self.monotone_cst = monotone_cst
        self.second_set = second_set
        self.seed = seed
        self.threads = threads

    def fit(
        self,
        X: pd.DataFrame | ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        trees_only: ArrayLike | None = None,
        start: LogisticMember | None = None,
    ) -> Self:
        """Train the members.

        Parameters
        ----------
        X : pandas.DataFrame or array-like, shape (n, n_features)
            Features, missing ones NaN. A frame is indexed by household and date, so that a
            household is left out of a member with all its rows; without, each row by itself.
        y : array-like, shape (n,)
            Two different labels; the greater one is the outcome (1: fell below the line).
        sample_weight : array-like, shape (n,), optional
            How many rows a row stands for; one by default.
        trees_only : array-like of bool, shape (n,), optional
            Rows that the boosters learn from and the logistic member does not; none by default.
        start : LogisticMember, optional
            Of a model fitted on much the same rows and columns: saves steps, changes nothing else.

        Raises
        ------
        SeasonError
            When all rows, or all that both kinds learn from, have the same label.
        ContractError
            When a column, a weight, a flag or a constraint is not as it must be.
        """
        label, matrix = self._learn_classes(y), self._learn_columns(X)
        check_consistent_length(matrix, label)
        households, order = households_in_order(X if isinstance(X, pd.DataFrame) else matrix)
        weight, directions = _weights(sample_weight, len(label)), self._directions()
        lot = household_lot(households, "parts")
        both = ~_flags(trees_only, len(label))
        _refuse_one_class(self.classes_[np.unique(label[both])], int(both.sum()))
        rows = Rows(matrix, label, weight, lot)
        if (np.diff(order) != 1).any():  # rows in order already are not copied
            rows = rows.where(order)
        parameters = self._lightgbm_parameters(directions)
        self.members_, self.second_set_rows_ = fit_members(
            rows,
            ~both[order],
            self.feature_names,
            parameters,
            self.members,
            self.rounds,
            self.second_set,
        )
        plain = rows if both.all() else rows.where(both[order])
        learned = plain.matrix, plain.label, plain.weight
        self.logistic_ = fit_logistic(*learned, directions, self.ridge, start)
        self.logistic_share_ = 0.0
        self.class_lines_ = ClassLines()
        self.calibration_ = Calibration()
        self.scenarios_: Mapping[str, Calibration] = {}
        return self

    @property
    def feature_names(self) -> list[str]:
        """Names of the columns; x0, x1, ... where it was fitted on an array."""
        named = getattr(self, "feature_names_in_", None)
        return [f"x{at}" for at in range(self.n_features_in_)] if named is None else list(named)

    def calibrated(
        self, calibration: Calibration, scenarios: Mapping[str, Calibration] | None = None
    ) -> "RiskModel":
        """Give a copy, sharing the members, that reads their margin through `calibration`."""
        other = copy(self)
        other.calibration_ = calibration
        other.scenarios_ = dict(scenarios or {})
        return other

    def blended(self, logistic_share: float) -> "RiskModel":
        """Give a copy, sharing the members, of whose margin the logistic one makes up this share."""
        other = copy(self)
        other.logistic_share_ = logistic_share
        return other

    def classed(self, class_lines: ClassLines) -> "RiskModel":
        """Give a copy, sharing the members, that reads the margin of each class by its line."""
        other = copy(self)
        other.class_lines_ = class_lines
        return other

    def raw_margin(self, X: pd.DataFrame | ArrayLike) -> Floats:
        """Average the members' log-odds, read by class and not yet calibrated."""
        return self.raw_members(X).mean(axis=1)

    def raw_members(self, X: pd.DataFrame | ArrayLike) -> Floats:
        """Give each member's log-odds, blended and read by class, one column a member."""
        return self.read_by_class(X, self.blended_members(X))

    def blended_members(self, X: pd.DataFrame | ArrayLike) -> Floats:
        """Give each member's log-odds, blended with the logistic one's, one column a member."""
        matrix, share = self.checked(X), self.logistic_share_
        boosted = boosted_margins(self.members_, matrix, self.threads)
        return boosted if share == 0 else blend(boosted, self.logistic_.margin(matrix)[:, None], share)

    def read_by_class(self, X: pd.DataFrame | ArrayLike, blended: Floats) -> Floats:
        """Read blended log-odds of the rows of `X`, (n,) or one column a member, by their classes."""
        lines = self.row_lines(X)
        return blended if lines is None else lines.margin(blended)

    def row_lines(self, X: pd.DataFrame | ArrayLike) -> RowLines | None:
        """Give the line by which each row's margin is read; None where all are read alike."""
        columns = class_columns(self.feature_names)
        if not self.class_lines_.lines or not columns:
            return None
        return self.class_lines_.of_rows(size_and_age(*self.checked(X)[:, columns].T))

    def raw_kinds(self, X: pd.DataFrame | ArrayLike) -> tuple[Floats, Floats]:
        """Give the log-odds of each booster, one column each, and those of the logistic member."""
        matrix = self.checked(X)
        return boosted_margins(self.members_, matrix, self.threads), self.logistic_.margin(matrix)

    def unseen_margin(self, X: pd.DataFrame) -> Floats:
        """Give the raw log-odds by the booster that had not seen the household; NaN where all had.

        The logistic member has no part left out and stands as fitted: a few coefficients remember
        no household.
        """
        matrix, households = self.checked(X), households_in_order(X)[0]
        part, margin = part_left_out(household_lot(households, "parts")), np.full(len(matrix), np.nan)
        for number, member in enumerate(self.members_[:PARTS]):
            rows = np.flatnonzero(part == number)
            seen_by_none = matrix[rows]  # each row asks one member, not all
            boosted = boosted_margins([member], seen_by_none, self.threads)[:, 0]
            margin[rows] = blend(boosted, self.logistic_.margin(seen_by_none), self.logistic_share_)
        return self.read_by_class(X, margin)

    def margin(self, X: pd.DataFrame | ArrayLike) -> Floats:
        """Give the calibrated log-odds of each row."""
        raw = self.raw_margin(X)
        return self.calibration_.margin(raw)

    def predict_proba(self, X: pd.DataFrame | ArrayLike) -> Floats:
        """Give the risk in the second column, its complement in the first."""
        risk = expit(self.margin(X))
        return np.column_stack([1 - risk, risk])

    def predict(self, X: pd.DataFrame | ArrayLike) -> NDArray[Any]:
        """Give the outcome's label where the risk is above one half, the other one elsewhere."""
        is_outcome = self.margin(X) > 0
        return self.classes_[is_outcome.astype(np.int64)]

    def checked(self, X: pd.DataFrame | ArrayLike) -> Floats:
        """Give the numbers of `X`, refusing what the model was not trained on."""
        check_is_fitted(self)
        if isinstance(X, pd.DataFrame) and hasattr(self, "feature_names_in_"):
            return checked_matrix(X, self.feature_names)
        return validate_data(self, X, reset=False, dtype=np.float64, ensure_all_finite="allow-nan")

    def __sklearn_tags__(self) -> Tags:
        """Say to scikit-learn: two classes, missing values welcome."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        return tags

    def _learn_columns(self, rows: pd.DataFrame | ArrayLike) -> Floats:
        if isinstance(rows, pd.DataFrame) and all(isinstance(name, str) for name in rows.columns):
            self.feature_names_in_ = np.asarray(rows.columns, dtype=object)
            self.n_features_in_ = len(rows.columns)
            return checked_matrix(rows, self.feature_names)
        return validate_data(
            self, rows, dtype=np.float64, ensure_all_finite="allow-nan", ensure_min_samples=2
        )

    def _learn_classes(self, labels: ArrayLike) -> Integers:
        known = validate_data(self, X="no_validation", y=labels)
        kind = type_of_target(known, input_name="y", raise_unknown=True)
        if kind != "binary":
            # scikit-learn's own sentence, by which its tools know a classifier of two classes.
            raise ContractError(f"Only binary classification is supported. The type of the target is {kind}.")
        self.classes_, label = np.unique(known, return_inverse=True)
        return label

    def _directions(self) -> list[int]:
        constraints = self.monotone_cst or {}
        stray = next((name for name, one in constraints.items() if one not in (-1, 0, 1)), None)
        if stray is not None:
            raise ContractError(
                f"monotone_cst: found {constraints[stray]} for {stray}, allowed are -1, 0 and 1; declare the "
                "feature's direction anew"
            )
        return [int(constraints.get(name, 0)) for name in self.feature_names]

    def _lightgbm_parameters(self, directions: list[int]) -> dict[str, Any]:
        return {
            "learning_rate": self.learning_rate,
            "num_leaves": self.num_leaves,
            "max_depth": self.max_depth,
            "min_data_in_leaf": self.min_data_in_leaf,
            "feature_fraction": self.feature_fraction,
            "lambda_l2": self.lambda_l2,
            "max_bin": self.max_bin,
            "monotone_constraints": directions,
            "seed": self.seed,
            "num_threads": self.threads,
        }


def _weights(sample_weight: ArrayLike | None, n_rows: int) -> Floats:
    weight = np.ones(n_rows) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    if weight.shape != (n_rows,) or not np.isfinite(weight).all() or (weight < 0).any() or not weight.any():
        raise ContractError(
            f"training: found sample_weight of shape {weight.shape}, allowed is one number for each "
            f"of {n_rows} rows, none below and not all zero; weigh the rows again"
        )
    return weight


def _flags(trees_only: ArrayLike | None, n_rows: int) -> Flags:
    flags = np.zeros(n_rows, dtype=bool) if trees_only is None else np.asarray(trees_only)
    if flags.shape != (n_rows,) or flags.dtype != bool:
        raise ContractError(
            f"training: found trees_only of type {flags.dtype} and shape {flags.shape}, allowed is true or "
            f"false for each of {n_rows} rows; mark the rows again"
        )
    return flags


def _refuse_one_class(classes: NDArray[Any], n_rows: int) -> None:
    if len(classes) < 2:
        n_positive = n_rows if 1 in classes.tolist() else 0
        raise SeasonError(
            f"training: found one class only, {n_positive} of {n_rows} rows with a known label have the "
            "outcome; take a later season or check the label section of params.yaml"
        )
