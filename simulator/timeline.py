"""The months of a simulation, with a year before the register so that sums are full."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

BURN_IN = 12


@dataclass(frozen=True)
class Timeline:
    """Months 0 to `n_months` - 1, of which the first `BURN_IN` are not in the register."""

    first_month: date
    months: int

    @property
    def n_months(self) -> int:
        """Count months with those before the register."""
        return self.months + BURN_IN

    @property
    def starts(self) -> Days:
        """First day of every month, and of the one after the last."""
        first = np.datetime64(self.first_month, "M") - BURN_IN
        return (first + np.arange(self.n_months + 1)).astype("datetime64[D]")

    @property
    def opening(self) -> np.datetime64:
        """First day of the register."""
        return np.datetime64(self.first_month, "D")

    @property
    def end(self) -> np.datetime64:
        """Last day of the register."""
        return self.starts[-1] - np.timedelta64(1, "D")

    @property
    def year_ends(self) -> Days:
        """Last day of the register and of each twelve months before it, ascending."""
        return np.asarray(self.starts[:BURN_IN:-12][::-1] - np.timedelta64(1, "D"))

    def last_years(self, years: int | None) -> "Timeline":
        """Give the timeline of a register that begins so many years before the same end."""
        months = min((years or self.months) * 12, self.months)
        return Timeline(self.starts[self.n_months - months].item(), months)

    @property
    def calendar_month(self) -> Ints:
        """1 to 12 for every month."""
        return (self.starts[:-1].astype("datetime64[M]").astype(np.int64) % 12) + 1

    @property
    def years(self) -> Ints:
        """Calendar year of every month."""
        return self.starts[:-1].astype("datetime64[Y]").astype(np.int64) + 1970

    def day_in(self, month: Ints, day: Ints) -> Days:
        """Give the `day`-th day (1 to 28) of each month."""
        return self.starts[month] + (day - 1).astype("timedelta64[D]")

    def month_of(self, days: Days) -> Ints:
        """Give the number of the month a day lies in; below 0 before the timeline."""
        months = days.astype("datetime64[M]") - self.starts[0].astype("datetime64[M]")
        return months.astype(np.int64)


def rolling_year(amounts: Floats) -> Floats:
    """Sum the last twelve months of each row; the first eleven are brought to a year."""
    total = np.cumsum(amounts, axis=1)
    total[:, 12:] -= total[:, :-12].copy()
    months = np.minimum(np.arange(amounts.shape[1]) + 1, 12)
    return np.asarray(total * (12 / months))
