"""What the rows of the latest closed year say of each class of households beside what they say of all."""

import numpy as np
import polars as pl

from models.arrays import Floats
from models.keys import KEYS
from models.risk.calibration.class_lines import ClassLines, LateMargins, fit_class_lines
from models.risk.calibration.classes import class_columns, size_and_age
from models.risk.logistic import blend
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.late_rows import ASSUMED, Judged
from models.training.settings import ModelSettings


def lines_of_classes(
    model: RiskModel, late: TrainingSet, judged: Judged, settings: ModelSettings
) -> ClassLines:
    """Fit the line of each class beside one of all, both for the rise that is assumed.

    Any other rise moves the line of all alone, so the order of households is one for every rise.

    Parameters
    ----------
    model : RiskModel
        Blended, of all rows.
    late : TrainingSet
        Rows whose label became known within a label window.
    judged : Judged
        What members that had not seen them said of them.
    settings : ModelSettings
        Which classes, how far they are believed, from how many rows on.

    Returns
    -------
    ClassLines
        None where there are no classes, or nothing to learn them by.
    """
    columns = class_columns(model.feature_names)
    if not settings.class_part or not columns or judged.rows is None:
        return ClassLines()
    classes = size_and_age(*model.checked(late.frame)[:, columns].T)
    rows = LateMargins(
        _apart(late, judged.rows, model.logistic_share_),
        model.unseen_margin(late.frame),
        judged.labels[ASSUMED].to_numpy().astype(np.int64),
    )
    return fit_class_lines(rows, classes, settings.class_part, settings.min_calibration_positives)


def _apart(late: TrainingSet, judged: pl.DataFrame, logistic_share: float) -> Floats:
    """Give every late row its margin by members that had not seen it; NaN where it was not judged."""
    households, days = (pl.Series(late.frame.index.get_level_values(level)) for level in KEYS)
    keys = pl.DataFrame({KEYS[0]: households, KEYS[1]: days.cast(pl.Date)})
    rows = keys.join(judged, on=KEYS, how="left", maintain_order="left", validate="1:1")
    boosted, logistic = (rows[name].cast(pl.Float64).to_numpy() for name in ("boosted", "logistic"))
    return blend(boosted, logistic, logistic_share)
