"""What the model and the register say of each cause of a household: the numbers that ways of naming read."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from features.declaration import CAUSES, declared_features, feature_groups
from models.arrays import Flags, Floats
from models.attribution.attribute import attribute
from models.attribution.tree_text import read_trees
from models.risk.model import RiskModel
from studies.fidelity.naming_cohorts import JudgedCohort
from studies.fidelity.owen import is_fresh, owen_values

SEED = 20260101


@dataclass(frozen=True)
class Parts:
    """Of every household of a cohort and each of `CAUSES`, log-odds.

    Attributes
    ----------
    phi : ndarray, shape (n_households, n_causes)
        The cause's Shapley value.
    fresh : ndarray, shape (n_households, n_causes)
        What changed since a year ago did; NaN where no year lies behind.
    owen : ndarray, shape (n_households, n_causes)
        The fresh facts' share of phi inside one date; NaN where not worked out.
    stranger : ndarray, shape (n_households, n_causes)
        As `fresh`, against the past of another household of the cohort; NaN where not worked out.
    has_event : ndarray of bool, shape (n_households, n_causes)
        The register shows an event of the cause in 12 months, and the cause's needs are met.
    """

    phi: Floats
    fresh: Floats
    owen: Floats
    stranger: Floats
    has_event: Flags
