"""How a metric is declared; leaderboard, report, model card, docs and suppression are derived from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import getdoc
from pkgutil import iter_modules
from typing import Any, Literal, TypeVar

from models.evaluation import metrics
from models.figures import Figure

#: What a metric is of, and with it what its formula takes: `Ranking`, `Listed` or `Risks`.
OF = ("ranking", "list", "risk")
#: Shares of the cohort that a list may hold, percent.
SHARES = (1, 5, 10, 20)
#: The list of the real visits, and all a rule names.
CAPACITY, OWN_LENGTH = "capacity", "own_length"
LISTS = (*(f"{share}" for share in SHARES), CAPACITY, OWN_LENGTH)
#: Where a metric is of no list.
NO_LIST = (None,)
#: Counts of the households judged, and of a list: a figure may be turned back into them.
OUTCOMES = ("fell", "held")
LISTED = ("hits", "missed", "false_alarms")
#: Rows tied at the end of a list are drawn by lot, or those who did not fall come first, or those who fell.
TIES = ("mean", "worst", "best")

Formula = TypeVar("Formula", bound=Callable[[Any], Figure])


@dataclass(frozen=True)
class Metric:
    """A declared metric.

    Attributes
    ----------
    name : str
        Name of the formula.
    zh, en : str
        What people read.
    definition : str
        The formula's own first line.
    of : str
        One of `OF`.
    lists : tuple of str
        Of `LISTS`, where it is of a list.
    ties : bool
        Whether the worst and the best order of ties are told too.
    disclosed_by : tuple of str
        The counts (`OUTCOMES`, `LISTED`) it could be turned back into: it is published only
        where none of them is small. Without any it is never published.
    aim : str, float or None
        ``higher`` or ``lower`` is better, or the value that is right; None where neither is.
    digits : int
        Decimals it is shown with.
    compared, headline : tuple of (str or None)
        Lists (None: it is of no list) on which models are told apart by it, pair by pair,
        and on which it stands among the few figures of the model card.
    citation : str
        Where it comes from.
    formula : callable
        Gives the `Figure` of a sample.
    """

    name: str
    zh: str
    en: str
    definition: str
    of: str
    lists: tuple[str, ...]
    ties: bool
    disclosed_by: tuple[str, ...]
    aim: Literal["higher", "lower"] | float | None
    digits: int
    compared: tuple[str | None, ...]
    headline: tuple[str | None, ...]
    citation: str
    formula: Callable[[Any], Figure]

    def figures(self, orders: Mapping[str, Any], on: str | None = None) -> dict["Key", Figure]:
        """Measure a sample, a list in every order of its ties that is told."""
        kept = [order for order in (TIES if self.ties else TIES[:1]) if order in orders]
        return {(self.name, on, order): self.formula(orders[order]) for order in kept}


#: Metric, list and order of ties of a figure.
Key = tuple[str, str | None, str]

_declared: dict[str, Metric] = {}


def metric(
    *,
    zh: str,
    en: str,
    of: Literal["ranking", "list", "risk"],
    lists: tuple[str, ...] = (),
    ties: bool = False,
    disclosed_by: tuple[str, ...] = (),
    aim: Literal["higher", "lower"] | float | None = None,
    digits: int = 3,
    compared: tuple[str | None, ...] = (),
    headline: tuple[str | None, ...] = (),
    citation: str,
) -> Callable[[Formula], Formula]:
    """Declare the decorated formula as a metric of its own name.

    Returns
    -------
    callable
        A decorator that returns the formula unchanged.

    Raises
    ------
    TypeError
        When the name is taken or undefined, or a list or count is not known.
    """

    def declare(formula: Formula) -> Formula:
        name, definition = formula.__name__, (getdoc(formula) or "").partition("\n")[0]
        if name in _declared:
            raise TypeError(f"metric {name} is declared twice: choose another name")
        if not definition:
            raise TypeError(f"metric {name} has no definition: say in its docstring what it is")
        if (of == "list") != bool(lists) or not {*lists} <= {*LISTS}:
            raise TypeError(f"metric {name}: lists={lists!r}, allowed are {LISTS} where it is of a list")
        if not {*disclosed_by} <= {*OUTCOMES, *LISTED}:
            raise TypeError(
                f"metric {name}: disclosed_by={disclosed_by!r}, allowed are {(*OUTCOMES, *LISTED)}"
            )
        _declared[name] = Metric(
            name=name,
            zh=zh,
            en=en,
            definition=definition,
            of=of,
            lists=lists,
            ties=ties,
            disclosed_by=disclosed_by,
            aim=aim,
            digits=digits,
            compared=compared,
            headline=headline,
            citation=citation,
            formula=formula,
        )
        return formula

    return declare


def declared_metrics() -> tuple[Metric, ...]:
    """List every metric: of rankings, of lists, of risks, each as declared."""
    _read_declarations()
    return tuple(sorted(_declared.values(), key=lambda one: OF.index(one.of)))


@cache
def _read_declarations() -> None:
    for module in iter_modules(metrics.__path__):
        import_module(f"{metrics.__name__}.{module.name}")


def metrics_of(of: Literal["ranking", "list", "risk"]) -> tuple[Metric, ...]:
    """List the metrics of a ranking, a list or a risk."""
    return tuple(one for one in declared_metrics() if one.of == of)


def measure(of: Literal["ranking", "risk"], sample: object) -> dict[str, Figure]:
    """Work out every metric of a `Ranking` or of `Risks`."""
    return {one.name: one.formula(sample) for one in metrics_of(of)}
