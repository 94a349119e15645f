"""Names for arrays by what they hold; shapes stand in the docstrings of those who take them."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Bits = NDArray[np.uint64]
