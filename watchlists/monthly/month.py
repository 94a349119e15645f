"""The month a paper is of."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from register.errors import SeasonError

FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Month:
    """A calendar month.

    Attributes
    ----------
    first, last : date
        Its first and last day.

    Examples
    --------
    >>> Month.of("2026-02").last
    datetime.date(2026, 2, 28)
    """

    first: date
    last: date

    @classmethod
    def of(cls, name: str) -> "Month":
        """Read a month as it is written on the command line.

        Raises
        ------
        SeasonError
            When it is no year and month with a line between them.
        """
        match = FORM.fullmatch(name)
        if not match or match[1] in ("0000", "9999"):
            raise SeasonError(f"month: found {name!r}, allowed is a year and a month, such as 2026-01")
        first = date(int(match[1]), int(match[2]), 1)
        after = (first + timedelta(days=31)).replace(day=1)
        return cls(first, after - timedelta(days=1))

    @property
    def name(self) -> str:
        """As it stands in file names.

        Examples
        --------
        >>> Month.of("2026-02").name
        '2026-02'
        """
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> tuple[str, str]:
        """As people read it.

        Examples
        --------
        >>> Month.of("2026-02").words
        ('2026年2月', '2026-02')
        """
        return f"{self.first.year}年{self.first.month}月", self.name
