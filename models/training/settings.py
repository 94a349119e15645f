"""What a training goes by: sampling, kinds, levels, trees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.risk.parameters import ROWS, SIZE_AND_AGE, ModelParameters


@dataclass(frozen=True)
class ModelSettings:
    """What a training goes by.

    Attributes
    ----------
    max_negatives : int
        About how many negative rows to train on, the rest is left out by draw.
    max_positives : int
        Likewise of the rows that fell.
    max_calibration_rows : int
        About how many rows to calibrate on, all rows of drawn households.
    min_calibration_positives : int
        Fewer (of either class) leave the model uncalibrated.
    few_positives : int
        With fewer the simplest kind is preferred (`models.training.selection.select`).
    latest_year : float
        How far the level of the latest closed year is believed (`models.risk.calibration.level`).
    class_lines : mapping
        ``by`` which classes of households margins are read apart, and how far (``part``) their lines
        are believed.
    line_rises : tuple of float
        Rises of the line, as shares, that risks are read for besides the one assumed.
    survey_weights : str
        ``used``: training rows count by them (`models.survey_weights.weighed`).
    trees : mapping
        Arguments of `RiskModel`.
    """

    max_negatives: int
    max_positives: int
    max_calibration_rows: int
    min_calibration_positives: int
    few_positives: int
    latest_year: float
    class_lines: Mapping[str, Any]
    line_rises: tuple[float, ...]
    survey_weights: str
    trees: Mapping[str, Any]

    @property
    def class_part(self) -> float:
        """Say how far a class's own line is believed; 0 where there are no classes."""
        by_class = self.class_lines["by"] == SIZE_AND_AGE
        return float(self.class_lines["part"]) if by_class else 0.0

    @classmethod
    def of(cls, section: ModelParameters, threads: int) -> "ModelSettings":
        """Take them from the parameters."""
        return cls(**section.model_dump(include=set(ROWS)), trees=section.trees(threads))
