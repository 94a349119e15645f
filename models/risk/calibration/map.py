"""What every calibration map does, whether it is in use or compared with the one in use."""

from abc import ABC, abstractmethod
from dataclasses import asdict
from typing import Any, ClassVar, Self

import numpy as np

from models.arrays import Floats, Integers


class CalibrationMap(ABC):
    """A rising map from the raw margin to calibrated log-odds; a frozen dataclass of its parameters.

    Attributes
    ----------
    name : str
        What a stored model calls it (`models.risk.calibration.maps.MAPS`).
    is_linear : bool
        Whether parts scaled by `split` are Shapley values still.
    """

    name: ClassVar[str]
    is_linear: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:
        """Fit on raw margins of rows the model has not seen, and their outcomes (0 or 1)."""

    @abstractmethod
    def margin(self, raw: Floats) -> Floats:
        """Give the calibrated log-odds, same shape as `raw`."""

    def split(self, base: Floats, parts: Floats) -> tuple[Floats, Floats]:
        """Read a raw margin that is split into a base and parts as one that is calibrated.

        Parameters
        ----------
        base : ndarray, shape (n,)
            Raw margins.
        parts : ndarray, shape (n, n_parts)
            Raw log-odds; base + the row's parts is the row's raw margin.

        Returns
        -------
        tuple of ndarray
            Base and parts that add up to the row's calibrated margin. Where the map bends, the
            parts that raise a margin and those that lower it are two players whose Shapley
            values are shared out in proportion: signs, and the order within a side, stay.
        """
        raises, lowers = parts.clip(min=0), parts.clip(max=0)
        up, down = raises.sum(axis=1), lowers.sum(axis=1)
        start, high, low = self.margin(base), self.margin(base + up), self.margin(base + down)
        end = self.margin(base + up + down)
        raised, lowered = (high - start + end - low) / 2, (low - start + end - high) / 2
        return start, _shared(raised, raises, up) + _shared(lowered, lowers, down)

    def to_dict(self) -> dict[str, Any]:
        """Give name and parameters, for JSON."""
        return {"name": self.name, **asdict(self)}  # type: ignore[call-overload]


def _shared(moved: Floats, parts: Floats, total: Floats) -> Floats:
    """Share out what a side moved in proportion to its parts; nothing where it has none."""
    return (moved / np.where(total == 0, 1.0, total))[:, None] * parts
