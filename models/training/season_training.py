"""Train for one date with what was known then: choose and calibrate on the last year, then use all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import Feature
from models.keys import KEYS
from models.risk.calibration.calibrate import Calibration
from models.risk.model import RiskModel
from models.risk.training_set import (
    TrainingSet,
    feature_frame,
    monotone_directions,
    sample_by_label,
    sample_households,
    training_set_of,
)
from models.survey_weights import WEIGHT, weighed
from models.training.late_classes import lines_of_classes
from models.training.late_rows import ASSUMED, judged_late, read_for_each_rise
from models.training.maturity import Maturity, maturity
from models.training.selection import KINDS, Selection
from models.training.settings import ModelSettings
from register.seasons import months_later


@dataclass(frozen=True)
class TrainedSeason:
    """A model of one date, what it was trained on, and the rows it was asked to score.

    `training` are the rows of the cohort; those that taught the trees alone are not among them.
    `late` are the rows the kind was chosen and calibrated on: `KEYS`, ``label`` as it ripens,
    and the raw margins ``boosted, logistic`` of members that had not seen them; none where
    too little was known.
    """

    model: RiskModel
    training: TrainingSet
    scored: pl.DataFrame
    scored_frame: pd.DataFrame
    selection: Selection | None
    late: pl.DataFrame | None
    facts: Mapping[str, Any]

    @property
    def without_rows(self) -> "TrainedSeason":
        """Let go of the rows it was trained on, by far the largest of all that is kept."""
        return replace(self, training=self.training.where(np.zeros(len(self.training.label), dtype=bool)))


def train_season(
    known: pl.DataFrame,
    known_earlier: pl.DataFrame,
    rows: pl.DataFrame,
    shards: Iterable[pl.DataFrame],
    features: Sequence[Feature],
    day: date,
    label_months: int,
    settings: ModelSettings,
) -> TrainedSeason:
    """Train with the labels known at `day`.

    Members fitted on what was known a label window earlier are judged on what became
    known since: that chooses the kind of model and fits the calibration. Then the members
    are fitted again on all.

    Parameters
    ----------
    known : DataFrame
        Labels as known at `day`, none missing; beside them those read for other rises of the line.
    known_earlier : DataFrame
        Labels as known a label window before `day`: how new labels ripen.
    rows : DataFrame
        What to look at (`wanted_rows`).
    shards : iterable of DataFrame
        Feature frames, walked once.
    features : sequence of Feature
        In the order of the matrix.
    day : date
        Training date.
    label_months : int
        Length of the label window.
    settings : ModelSettings
        Sampling and trees.

    Raises
    ------
    SeasonError
        When the known labels are all of one kind.
    """
    earlier = months_later(day, -label_months)
    joined, frame = feature_frame(rows, shards, [one.name for one in features])
    is_training, is_late = joined["weight"].is_not_null(), joined["calibrates"].is_not_null()
    training, late = training_set_of(joined, frame, is_training), training_set_of(joined, frame, is_late)
    is_scored = joined["is_scored"].is_not_null()
    scored_frame = frame[is_scored.to_numpy()]
    del frame  # its rows stand in the three by now, and members are still to be fitted
    directions = monotone_directions(features)
    ripening = _ripening(known_earlier, known, months_later(earlier, -label_months), settings)
    others = joined.filter(is_late).select(_others(known))
    judged = judged_late(training, late, others, ripening, directions, earlier, settings)
    selection = judged.selection
    fitted = RiskModel(**settings.trees, monotone_cst=directions).fit(
        training.frame,
        training.label,
        training.weight,
        trees_only=training.trees_only,
        start=judged.logistic,
    )
    blended = fitted.blended(selection.logistic_share if selection else KINDS[UNJUDGED])
    read = read_for_each_rise(blended, late, judged, settings.latest_year)
    model = blended.classed(lines_of_classes(blended, late, judged, settings))
    return TrainedSeason(
        model.calibrated(read.pop(ASSUMED), read),
        training.cohort,
        joined.filter(is_scored).select(KEYS),
        scored_frame,
        selection,
        judged.rows,
        _facts(known, training, model, judged.read_as[ASSUMED], day) | _selection_facts(selection, ripening),
    )


#: The kind used where too little became known in the last year to choose by: on few rows the simple one
#: ranks better (DOMAIN 8, EVALUATION 4), and no tree lists for want of a choice.
UNJUDGED = "logistic"


def wanted_rows(
    known: pl.DataFrame,
    scored: pl.DataFrame,
    day: date,
    label_months: int,
    settings: ModelSettings,
    below: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """List the rows a training looks at: drawn to train on, drawn to calibrate on, asked for.

    Parameters
    ----------
    known : DataFrame
        Labels as known at `day`, none missing; with `WEIGHT` rows train by it
        (`models.survey_weights.weighed`).
    scored : DataFrame
        Rows (`KEYS`) whose features are wanted too.
    day : date
        Training date.
    label_months : int
        Length of the label window: labels that became known within it before `day` are
        those to calibrate on.
    settings : ModelSettings
        Sampling.
    below : DataFrame, optional
        Labels as known at `day` of rows outside the cohort (`models.labels.cohort.below_line`): they
        teach the trees alone, each with weight one, at most about as many as negatives are drawn.

    Returns
    -------
    DataFrame
        `KEYS`, ``label, label_known_on, weight, calibrates, is_scored, trees_only``; each of the last
        four is missing where the row is not wanted for that.
    """
    training = sample_by_label(known, settings.max_negatives, settings.max_positives).select(*KEYS, "weight")
    recent = known.filter(pl.col("label_known_on") > months_later(day, -label_months))
    late = sample_households(recent, settings.max_calibration_rows).select(
        *KEYS, calibrates=pl.lit(value=True)
    )
    flagged = scored.select(*KEYS, is_scored=pl.lit(value=True))
    wanted = (
        known.select(*KEYS, "label", "label_known_on", *_others(known), pl.col(f"^{WEIGHT}$"))
        .join(flagged, on=KEYS, how="full", coalesce=True)
        .join(training, on=KEYS, how="left")
        .join(late, on=KEYS, how="left")
        .filter(pl.any_horizontal(pl.col("weight", "calibrates", "is_scored").is_not_null()))
    )
    rows = wanted.with_columns(trees_only=pl.lit(None, dtype=pl.Boolean))
    if below is not None:
        drawn = sample_households(below, settings.max_negatives, "below line")
        rows = pl.concat([wanted, drawn.with_columns(trees_only=pl.lit(value=True))], how="diagonal")
    return weighed(rows) if WEIGHT in rows.columns else rows


def _ripening(then: pl.DataFrame, now: pl.DataFrame, after: date, settings: ModelSettings) -> Maturity:
    new = then.filter(pl.col("label_known_on") > after)
    return maturity(new, now, settings.min_calibration_positives)


def _others(known: pl.DataFrame) -> list[str]:
    """Name the columns of labels read for other rises of the line."""
    return [name for name in known.columns if name not in (*KEYS, "label", "label_known_on", WEIGHT)]


def _facts(
    known: pl.DataFrame, training: TrainingSet, model: RiskModel, calibration: Calibration, day: date
) -> dict[str, Any]:
    n_positive = int(known["label"].sum())
    return {
        "trained_with_labels_known_on": day.isoformat(),
        "n_known": len(known),
        "n_positive": n_positive,
        "base_rate": round(n_positive / len(known), 6),
        "n_rows_trained_on": len(training.cohort.label),
        "n_rows_below": len(training.label) - len(training.cohort.label),
        "n_rows_second_set": model.second_set_rows_,
        "calibration_map": calibration.map.name,
        "calibration_rows": calibration.n_rows,
        "calibration_note": calibration.note,
        "class_lines": model.class_lines_.to_dict(),
    }


def _selection_facts(selection: Selection | None, ripening: Maturity) -> dict[str, Any]:
    return {
        "kind": selection.kind if selection else UNJUDGED,
        "mean_regret": selection.mean_regret if selection else {},
        "labels_that_hold": round(ripening.holds, 6),
        "labels_that_turn": round(ripening.turns, 6),
        "labels_compared": ripening.n_rows,
    }
