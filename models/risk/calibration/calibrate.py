"""A fitted calibration: the map from margin to risk, and the rows behind it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from models.arrays import Floats, Integers
from models.risk.calibration.line import Identity
from models.risk.calibration.map import CalibrationMap
from models.risk.calibration.maps import IN_USE, fit_map, map_from_dict


@dataclass(frozen=True)
class Calibration:
    """How a model's raw margin is read as a risk.

    Attributes
    ----------
    map : CalibrationMap
        From the raw margin to log-odds.
    n_rows, n_positive : int
        Rows it was fitted on; 0 for the identity.
    note : str
        Why it is the identity, "" if it is not.
    """

    map: CalibrationMap = field(default_factory=Identity)
    n_rows: int = 0
    n_positive: int = 0
    note: str = ""

    def margin(self, raw: Floats) -> Floats:
        """Give the calibrated log-odds."""
        return self.map.margin(raw)

    def to_dict(self) -> dict[str, Any]:
        """Give the numbers, for JSON."""
        return {**asdict(self), "map": self.map.to_dict()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Take back what `to_dict` gave; of older models what bounded a risk is passed over.

        Raises
        ------
        StoreError
            When its map is not known.
        """
        rows = {name: stored[name] for name in ("n_rows", "n_positive", "note")}
        return cls(map_from_dict(stored["map"]), **rows)


def calibrate(raw: Floats, label: Integers, min_positives: int) -> Calibration:
    """Fit the map in use on rows the model has not seen, from a later time.

    Parameters
    ----------
    raw : ndarray
        Raw margins of rows whose label came after the model's training date.
    label : ndarray of int
        Their outcomes.
    min_positives : int
        Fewer positives (or negatives) than this give the identity.

    Returns
    -------
    Calibration
        The identity, with its reason in `note`, when the rows do not carry the map in use.
    """
    n_positive = int(label.sum())
    if min(n_positive, len(label) - n_positive) < min_positives:
        return Calibration(note=f"identity: {n_positive} of {len(label)} later rows positive")
    fitted = fit_map(raw, label, IN_USE)
    if fitted.name != IN_USE:
        return Calibration(note="identity: later rows ran against the margin")
    return Calibration(fitted, len(raw), n_positive)
