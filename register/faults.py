"""Faults of a delivery, gathered while it is read on, so that one reading says all of them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from register.errors import ContractError, HuitouError, ParamsError, SourceError

#: Files named with one fault, and faults that are shown; of more only the number.
NAMED, AT_MOST = 3, 20


class SeveralFaults(HuitouError):
    """More than one fault: a line for each, in the order they were met, and the exit code of the first.

    Attributes
    ----------
    faults : tuple of HuitouError
    """

    def __init__(self, faults: Sequence[HuitouError]) -> None:
        self.faults = tuple(faults)
        self.exit_code = faults[0].exit_code
        lines = likewise([str(one) for one in faults])
        heading = (
            f"{len(faults)} 处问题，从第一处改起；什么也没有写入 / {len(faults)} faults, mend them from the "
            "first on; nothing was taken in"
        )
        numbered = [f"{place:>3}. {line}" for place, line in enumerate(lines[:AT_MOST], 1)]
        more = len(lines) - AT_MOST
        numbered += [f"     另 {more} 处 and {more} more"] if more > 0 else []
        super().__init__("\n".join((heading, *numbered)))


class Faults:
    """What was found wrong so far.

    Parameters
    ----------
    faults : iterable of HuitouError, optional
        What is known to be; each is kept once.

    Examples
    --------
    >>> faults = Faults()
    >>> with faults.gathered():
    ...     raise SourceError("a.csv: damaged; ask for it again")
    >>> bool(faults)
    True
    """

    def __init__(self, faults: Iterable[HuitouError] = ()) -> None:
        self._faults = {str(one): one for one in faults}

    def __bool__(self) -> bool:
        """Say whether anything is wrong."""
        return bool(self._faults)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep what a delivery is refused for in the block, and go on behind it."""
        try:
            yield
        except SeveralFaults as several:
            self._faults |= {str(one): one for one in several.faults}
        except (SourceError, ContractError, ParamsError) as fault:
            self._faults[str(fault)] = fault

    def refuse(self) -> None:
        """Refuse what has any fault.

        Raises
        ------
        HuitouError
            The fault itself where it is the only one, else `SeveralFaults`.
        """
        faults = list(self._faults.values())
        if len(faults) == 1:
            raise faults[0]
        if faults:
            raise SeveralFaults(faults)


def likewise(messages: Sequence[str]) -> list[str]:
    """Say once what is wrong with several files; the first stands in its place, the others behind.

    Parameters
    ----------
    messages : sequence of str
        Each ``place: fault``.

    Returns
    -------
    list of str

    Examples
    --------
    >>> likewise(["C1/a.csv: cut; mend it", "b.csv: empty", "C2/a.csv: cut; mend it"])
    ['C1/a.csv: cut; mend it (同样 likewise: C2/a.csv)', 'b.csv: empty']
    """
    places: dict[str, list[str]] = {}
    for message in messages:
        place, _, fault = message.partition(": ")
        places.setdefault(fault or place, []).append(place if fault else "")
    return [_line(fault, *others) for fault, others in places.items()]


def _line(fault: str, place: str, *others: str) -> str:
    more = len(others) - NAMED
    named = ", ".join(others[:NAMED]) + (f" (另 {more} 个 and {more} more)" if more > 0 else "")
    return (f"{place}: " if place else "") + fault + (f" (同样 likewise: {named})" if named else "")
