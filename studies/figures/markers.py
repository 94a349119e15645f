"""Markers in documents: a figure between two comments that say which it is and how it is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from register.errors import ContractError

#: ``<!--fig ADDRESS FORMAT-->as written<!--/fig-->``, an address of `studies.figures.sources.figure_of`.
MARKER = re.compile(r"<!--fig (?P<address>\S+) (?P<format>[\w+%]+)-->(?P<written>.*?)<!--/fig-->", re.DOTALL)


def addresses(text: str) -> Iterator[str]:
    """Name every figure that a document quotes.

    Examples
    --------
    >>> list(addresses("AUC <!--fig eph/board/pooled/all/risk_model/auc 3-->0.879<!--/fig-->."))
    ['eph/board/pooled/all/risk_model/auc']
    """
    return (one["address"] for one in MARKER.finditer(text))


def filled(text: str, figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Write every figure of a document as it is now.

    Parameters
    ----------
    text : str
        The document.
    figures : mapping of str to mapping
        By address: ``value``, with ``low`` and ``high`` where there is an interval; or ``text``.

    Returns
    -------
    str

    Raises
    ------
    ContractError
        When a figure is not known, or cannot be written as is wording.
    """

    def written(marker: re.Match[str]) -> str:
        figure = figures.get(marker["address"])
        if figure is None:
            raise ContractError(
                f"{marker['address']}: found in a document, in no run that was read; run make figures on a "
                "run of that source"
            )
        head = marker[0][: marker.start("written") - marker.start()]
        return f"{head}{_written(figure, marker['format'], marker['address'])}<!--/fig-->"

    return MARKER.sub(written, text)


def unmarked(text: str) -> str:
    """Take every marked figure out of a document.

    Examples
    --------
    >>> unmarked("AUC <!--fig eph/run text-->2026-11-30<!--/fig-->.")
    'AUC .'
    """
    return MARKER.sub("", text)


def _written(figure: Mapping[str, Any], form: str, address: str) -> str:
    """Write a figure: ``3``, ``+3``, ``1%`` (digits), with ``ci`` its interval; ``count``, ``text``."""
    if form == "text":
        return str(figure["text"])
    if form == "count":
        return f"{figure['value']:,.0f}"
    wording = re.fullmatch(r"(?P<sign>\+?)(?P<digits>\d)(?P<percent>%?)(?P<interval>(ci)?)", form)
    if not wording or (wording["interval"] and "low" not in figure):
        raise ContractError(
            f"{address}: found format {form!r}, allowed are text, count, digits such as 3, +3 or 1%, and "
            "ci after them where there is an interval; mend it"
        )
    return _number(
        figure, _writer(wording["sign"], int(wording["digits"]), bool(wording["percent"])), wording
    )


def _number(figure: Mapping[str, Any], write: Callable[[float], str], wording: re.Match[str]) -> str:
    unit = " %" if wording["percent"] else ""
    bounds = f" [{write(figure['low'])}, {write(figure['high'])}]" if wording["interval"] else ""
    return f"{write(figure['value'])}{unit}{bounds}"


def _writer(sign: str, digits: int, is_percent: bool) -> Callable[[float], str]:
    times = 100 if is_percent else 1
    return lambda value: f"{times * value:{sign}.{digits}f}"
