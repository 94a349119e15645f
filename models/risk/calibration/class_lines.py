"""A class's line: how the margins of its households are read on the scale of everybody's.

One line for everybody lists those more often whose risk is known worse, and a class whose margins
say too little less often. What the latest closed year says of each class is believed in part: the
line lies between that of the class and the one of all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import numpy as np

from models.arrays import Flags, Floats, Integers
from models.risk.calibration.calibrate import calibrate
from models.risk.calibration.classes import CLASSES
from models.risk.calibration.level import level
from models.risk.calibration.line import Line


class RowLines(NamedTuple):
    """The line of each row.

    Attributes
    ----------
    slope, intercept : ndarray, shape (n,)
        Slopes are above zero: within a class the order of households stays.
    """

    slope: Floats
    intercept: Floats

    def margin(self, raw: Floats) -> Floats:
        """Read margins, shape (n,) or one column a member."""
        return (self.slope * raw.T + self.intercept).T


@dataclass(frozen=True)
class ClassLines:
    """How the raw margin is read, class by class, before one calibration reads all of them.

    Attributes
    ----------
    lines : mapping of str to Line
        By the name of the class (`models.risk.calibration.classes.CLASSES`); a class without one is
        read as it is. Empty where nobody is read apart.
    """

    lines: Mapping[str, Line] = field(default_factory=dict)

    def of_rows(self, classes: Integers) -> RowLines:
        """Give the line of each row by the number of its class; -1 is read as it is."""
        own = [self.lines.get(name, AS_IT_IS) for name in CLASSES] + [AS_IT_IS]
        slopes, intercepts = np.array([(one.slope, one.intercept) for one in own]).T
        return RowLines(slopes[classes], intercepts[classes])

    def to_dict(self) -> dict[str, Any]:
        """Give the numbers, for JSON."""
        return {name: {"slope": one.slope, "intercept": one.intercept} for name, one in self.lines.items()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Mapping[str, float]]) -> Self:
        """Take back what `to_dict` gave."""
        return cls({name: Line(**one) for name, one in stored.items()})


#: A margin that stands as it is.
AS_IT_IS = Line(1.0, 0.0)


class LateMargins(NamedTuple):
    """Margins and outcomes of the rows of the latest closed year.

    Attributes
    ----------
    apart : ndarray, shape (n,)
        By members trained before it; NaN where a row was not judged.
    unseen : ndarray, shape (n,)
        By delivered members that had not seen the household; NaN where all had.
    label : ndarray of int, shape (n,)
        Outcomes, as they will be read for the rise that is assumed.
    """

    apart: Floats
    unseen: Floats
    label: Integers

    def where(self, kept: Flags) -> "LateMargins":
        """Keep some rows."""
        return LateMargins(self.apart[kept], self.unseen[kept], self.label[kept])


def fit_class_lines(late: LateMargins, classes: Integers, part: float, min_positives: int) -> ClassLines:
    """Fit a line for each class beside one for all, and believe what is between them in part.

    Slopes are those of margins by members that had not seen the year, levels those of the members
    delivered, as of the line of all (`models.risk.calibration.level`).

    Parameters
    ----------
    late : LateMargins
        Of the latest closed year.
    classes : ndarray of int, shape (n,)
        Numbers of classes (`models.risk.calibration.classes.size_and_age`).
    part : float
        How far a class's own line is believed, between 0 and 1; at 0 nobody is read apart.
    min_positives : int
        A class of fewer positives (or negatives) is read as it is.

    Returns
    -------
    ClassLines
        None of whose lines falls; empty where the line of all would.

    References
    ----------
    Recalibration within groups: Cox (1958); partial pooling: Gelman and Hill (2007), 12.
    """
    of_all = _line(late, min_positives)
    if not part or of_all is None:
        return ClassLines()
    own = {name: _line(late.where(classes == at), min_positives) for at, name in enumerate(CLASSES)}
    return ClassLines({name: _believed(one, of_all, part) for name, one in own.items() if one})


def _line(late: LateMargins, min_positives: int) -> Line | None:
    """Fit slope and level of some rows; None where they do not carry a line."""
    judged, unseen = late.where(np.isfinite(late.apart)), late.where(np.isfinite(late.unseen))
    fitted = calibrate(judged.apart, judged.label, min_positives).map
    if not isinstance(fitted, Line) or not 0 < unseen.label.sum() < len(unseen.label):
        return None
    return Line(fitted.slope, level(unseen.unseen, fitted.slope, float(unseen.label.mean())))


def _believed(own: Line, of_all: Line, part: float) -> Line:
    """Give the line that leads a margin `part` of the way to its class's line, on the scale of all."""
    slope, intercept = own.slope / of_all.slope, (own.intercept - of_all.intercept) / of_all.slope
    return Line(1 + part * (slope - 1), part * intercept)
