"""How much a recorded cause counts: those whose cause is recorded are not those who fall."""

import numpy as np
import pandas as pd
import polars as pl
from scipy.special import expit

from models.arrays import Floats
from models.keys import KEYS
from models.risk.logistic import fit_logistic
from models.risk.model import RiskModel
from models.risk.sampling import household_lot
from models.risk.training_set import TrainingSet

#: About how many rows without a recorded cause those with one are held against.
COMPARED = 10_000


def record_weights(
    records: pl.DataFrame,
    frame: pd.DataFrame,
    model: RiskModel,
    training: TrainingSet,
    power: float,
    most: float,
) -> Floats:
    """Weigh the rows with a recorded cause, so that they speak for those who fall.

    A bill brings a household before the mechanism sooner than lost work does, so it is
    recorded more often than households fall by it. A row counts as much as its risk is over
    its chance of having a cause recorded, raised to a power between 0 (as recorded) and 1
    (the whole inverse probability): between lies what loses least to chance.

    Parameters
    ----------
    records : DataFrame
        ``household_id, as_of_date, cause_on``, in the order of `frame`.
    frame : pandas.DataFrame
        Their features.
    model : RiskModel
        Says how likely they fall.
    training : TrainingSet
        The rows it was trained on: whom causes might have been recorded of.
    power : float
        0 to 1.
    most : float
        Times the middle weight that a row counts, at most and one over at least.

    Returns
    -------
    ndarray
        They sum to the number of records: rows that see the same record share its weight.

    References
    ----------
    Shimodaira 2000, Improving predictive inference under covariate shift by weighting the
    log-likelihood function.
    """
    weight = (model.predict_proba(frame)[:, 1] / _chance_of_record(records, frame, model, training)) ** power
    held = np.clip(weight / np.median(weight), 1 / most, most)
    shared = held / records.select(pl.len().over("household_id", "cause_on")).to_series().to_numpy()
    return np.asarray(shared * (n_records(records) / shared.sum()))


def n_records(records: pl.DataFrame) -> int:
    """Count the recorded causes, each once however many rows see it."""
    return records.select(pl.struct("household_id", "cause_on").n_unique()).item()


def _chance_of_record(
    records: pl.DataFrame, frame: pd.DataFrame, model: RiskModel, training: TrainingSet
) -> Floats:
    """Say how likely a cause is recorded of each row, from rows that have one and a draw of those without."""
    without, weight = _without_record(records, training)
    matrix = np.vstack([frame.to_numpy(), without.to_numpy()])
    has_record = np.r_[np.ones(len(frame)), np.zeros(len(without))].astype(np.int64)
    counts = np.r_[np.ones(len(frame)), weight]
    learned = fit_logistic(matrix, has_record, counts, [0] * matrix.shape[1], model.ridge)
    return expit(learned.margin(matrix[: len(frame)]))


def _without_record(records: pl.DataFrame, training: TrainingSet) -> tuple[pd.DataFrame, Floats]:
    households, days = (pl.Series(training.frame.index.get_level_values(level)) for level in KEYS)
    rows = pl.DataFrame({"household_id": households, "as_of_date": days.cast(pl.Date)})
    has_record = pl.struct(KEYS).is_in(records.select(pl.struct(KEYS)).to_series().implode())
    share = min(1.0, COMPARED / max(len(rows), 1))
    drawn = household_lot(households, "without a recorded cause") < share
    kept = drawn & ~rows.select(has_record).to_series().to_numpy()
    return training.frame[kept], training.weight[kept] / share
