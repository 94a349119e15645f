"""All calibration maps by name, and which of them is in use: to change it, change `IN_USE`."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from models.arrays import Floats, Integers
from models.risk.calibration.bends import Beta, Isotonic, MergedVennAbers
from models.risk.calibration.line import Identity, Line
from models.risk.calibration.map import CalibrationMap
from register.errors import StoreError

MAPS: Mapping[str, type[CalibrationMap]] = {
    one.name: one for one in (Identity, Line, Beta, Isotonic, MergedVennAbers)
}

#: The map of `MAPS` that models are calibrated with (docs/adr/0012-the-line-calibrates.md).
IN_USE = Line.name


def fit_map(raw: Floats, label: Integers, name: str = IN_USE) -> CalibrationMap:
    """Fit a map; the identity where it would not rise from the lowest margin to the highest.

    Parameters
    ----------
    raw : ndarray, shape (n,)
        Raw margins of rows the model has not seen.
    label : ndarray of int, shape (n,)
        Their outcomes, both 0 and 1 among them.
    name : str
        One of `MAPS`.

    Examples
    --------
    >>> margins, outcomes = np.array([-2.0, -1, 0, 1]), np.array([0, 1, 0, 1])
    >>> fit_map(margins, outcomes).name, fit_map(margins, 1 - outcomes).name
    ('line', 'identity')
    """
    fitted = MAPS[name].fit(raw, label)
    least, most = fitted.margin(np.array([raw.min(), raw.max()]))
    return fitted if least < most else Identity()


def map_from_dict(stored: Mapping[str, Any]) -> CalibrationMap:
    """Take back what `CalibrationMap.to_dict` gave; without a name it is a line.

    Raises
    ------
    StoreError
        When it is of no map of `MAPS`.
    """
    # Models and releases of before there was a choice of maps name none.
    name = stored.get("name", Line.name)
    if name not in MAPS:
        raise StoreError(
            f"calibration: found {name}, allowed are {', '.join(MAPS)}; read it with the code that stored it"
        )
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
    values.pop("name", None)
    return MAPS[name](**values)
