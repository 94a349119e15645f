"""Declare a check once: its words, its source, what it reads, and how it is found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from register.consistency.known import Known
from register.consistency.limits import limits_on
from register.tables import TABLES

Severity = Literal["error", "warning", "notice"]
Find = Callable[[Known], pl.DataFrame]

#: Code -> what an officer and a developer read, the most pressing first.
SEVERITIES: dict[Severity, tuple[str, str]] = {
    "error": ("错误", "error: contradicts itself or the rules"),
    "warning": ("警告", "warning: probably wrong, check it"),
    "notice": ("提示", "notice: unusual, may be true"),
}
CHECKS: dict[str, "Check"] = {}


@dataclass(frozen=True)
class Check:
    """A doubt about what several records say together. It warns; contracts refuse.

    Attributes
    ----------
    code : str
        Name of the function that finds it.
    theme : str
        Module it stands in.
    severity : Severity
    zh, en : str
        What is in doubt, as one sentence without end mark; ``{limit:g}`` stands for a
        threshold (`words`).
    next_step : str
        Chinese / English, for whoever cleans the data.
    reads : tuple of str
        ``table.column`` that must have a value somewhere in the county: where a column
        was not delivered, its absence means nothing and the check stays silent.
    limits : tuple of str
        Thresholds of reference/consistency.yaml it uses.
    source : str
        Where the rule comes from.
    find : callable
        From what is known of a county to a frame with ``household_id`` or ``township_id``,
        and where it applies ``member_id`` and ``evidence``; one row a record in doubt.
    """

    code: str
    theme: str
    severity: Severity
    zh: str
    en: str
    next_step: str
    reads: tuple[str, ...]
    limits: tuple[str, ...]
    source: str
    find: Find

    @property
    def words(self) -> tuple[str, str]:
        """Say in Chinese and in English what is in doubt, with the thresholds in force last."""
        latest = limits_on(date.max)
        return self.zh.format(**latest), self.en.format(**latest)


def check(
    *,
    severity: Severity,
    zh: str,
    en: str,
    next_step: str,
    reads: tuple[str, ...],
    source: str,
    limits: tuple[str, ...] = (),
) -> Callable[[Find], Find]:
    """Declare the decorated function as a check; its name is the code.

    Raises
    ------
    TypeError
        When the code is taken, or `reads` names a column no contract declares.
    """
    unknown = [name for name in reads if not _is_column(name)]

    def declare(find: Find) -> Find:
        code = find.__name__
        if code in CHECKS or unknown:
            raise TypeError(f"check {code}: declared twice, or reads unknown columns {unknown}")
        theme = find.__module__.rpartition(".")[2]
        CHECKS[code] = Check(code, theme, severity, zh, en, next_step, reads, limits, source, find)
        return find

    return declare


def _is_column(dotted: str) -> bool:
    table, _, column = dotted.partition(".")
    return table in TABLES and column in TABLES[table].by_name
