"""What the rows of the latest closed year say: which kind ranks best, and how its margin is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from models.arrays import Flags, Floats
from models.keys import KEYS
from models.risk.calibration.calibrate import Calibration, calibrate
from models.risk.calibration.level import pooled_with_all_years
from models.risk.logistic import LogisticMember, blend
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.maturity import Maturity
from models.training.selection import Selection, select
from models.training.settings import ModelSettings

#: The rise of the line that risks are made for, among the others.
ASSUMED = "assumed"


@dataclass(frozen=True)
class Judged:
    """What the late rows say: how the margin is read for each rise, and which kind to use.

    `labels` are those of the late rows by rise as they will have ripened, missing where open;
    `logistic` is the member that was judged.
    """

    read_as: Mapping[str, Calibration]
    labels: pl.DataFrame = field(default_factory=pl.DataFrame)
    selection: Selection | None = None
    rows: pl.DataFrame | None = None
    logistic: LogisticMember | None = None


def judged_late(
    training: TrainingSet,
    late: TrainingSet,
    others: pl.DataFrame,
    ripening: Maturity,
    directions: Mapping[str, int],
    earlier: date,
    settings: ModelSettings,
) -> Judged:
    """Judge members on late rows that they had not seen.

    Parameters
    ----------
    training, late : TrainingSet
        All rows to train on, and those whose label became known within a label window; of the first
        some may teach the trees alone, and do not count as rows to judge by.
    others : DataFrame
        Labels of the late rows read for other rises of the line, a column each.
    ripening : Maturity
        What becomes of labels as new as the late ones.
    directions : mapping of str to int
        Monotone constraints.
    earlier : date
        A label window before the training date.
    settings : ModelSettings
        Sampling and trees.
    """
    past, kept = _members_apart(training, late, earlier, settings.min_calibration_positives)
    judged = late.where(kept)
    for rows, name in ((past.cohort, "earlier"), (judged, "later")):
        if not rows.carries(settings.min_calibration_positives):
            note = f"identity: {rows.n_positive} of {len(rows.label)} {name} rows positive"
            return Judged(dict.fromkeys([ASSUMED, *others.columns], Calibration(note=note)))
    model = RiskModel(**settings.trees, monotone_cst=directions).fit(
        past.frame, past.label, past.weight, trees_only=past.trees_only
    )
    scored = _scored_late(model, judged, ripening)
    boosted, logistic, label = (scored[name].to_numpy() for name in ("boosted", "logistic", "label"))
    selection = select(boosted, logistic, label, scored["as_of_date"], settings.few_positives)
    raw = blend(boosted, logistic, selection.logistic_share)
    labels = _ripened(late, others, ripening)
    read_as = {
        column.name: _calibrated(column, raw, settings.min_calibration_positives)
        for column in labels.filter(pl.Series(kept))
    }
    return Judged(read_as, labels, selection, scored, model.logistic_)


def _members_apart(
    training: TrainingSet, late: TrainingSet, earlier: date, least: int
) -> tuple[TrainingSet, Flags]:
    """Choose rows to fit members on, and late rows that they have not seen.

    A label window apart; where too little was known then, by household, half and half.
    """
    past = training.known_by(earlier)
    if past.cohort.carries(least):
        return past, np.ones(len(late.label), dtype=bool)
    return training.where(training.lot("apart") < HALF), late.lot("apart") >= HALF


#: Of the households, where members are judged on those they have not seen.
HALF = 0.5


def _ripened(late: TrainingSet, others: pl.DataFrame, ripening: Maturity) -> pl.DataFrame:
    """Draw what the late labels will say, read for each rise; missing ones stay missing."""
    read = pl.DataFrame([pl.Series(ASSUMED, late.label == 1), *others])
    ripe = {
        one.name: pl.Series(ripening.ripened(one.fill_null(value=False).to_numpy(), late.households))
        for one in read
    }
    return read.select(
        pl.when(pl.col(name).is_not_null()).then(one).alias(name) for name, one in ripe.items()
    )


def _calibrated(label: pl.Series, raw: Floats, least: int) -> Calibration:
    """Read the margins as risks of one rise; rows whose label it leaves open are left out."""
    known = label.is_not_null().to_numpy()
    return calibrate(raw[known], label.drop_nulls().to_numpy(), least)


def read_for_each_rise(
    model: RiskModel, late: TrainingSet, judged: Judged, weight: float
) -> dict[str, Calibration]:
    """Pool the latest year's line with that of all years, for the rise assumed and every other."""
    if judged.labels.is_empty():
        return dict(judged.read_as)
    unseen = model.unseen_margin(late.frame)
    return {
        column.name: pooled_with_all_years(
            judged.read_as[column.name],
            np.where(column.is_null().to_numpy(), np.nan, unseen),
            late.label,
            column.fill_null(0).to_numpy(),
            weight,
        )
        for column in judged.labels
    }


def _scored_late(model: RiskModel, late: TrainingSet, ripening: Maturity) -> pl.DataFrame:
    members, logistic = model.raw_kinds(late.frame)
    households, days = (pl.Series(late.frame.index.get_level_values(level)) for level in KEYS)
    return pl.DataFrame(
        {
            "household_id": households,
            "as_of_date": days.cast(pl.Date),
            "label": ripening.ripened(late.label, households),
            "boosted": members.mean(axis=1),
            "logistic": logistic,
        }
    )
