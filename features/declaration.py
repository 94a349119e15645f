"""How a feature is declared; everything else about it is derived from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Literal

import polars as pl

from register.tables import TABLES

#: The official causes that have features of their own, and the circumstances (DESIGN 4).
CAUSES = (
    "illness",
    "disability",
    "schooling",
    "labour",
    "employment",
    "business",
    "disaster",
    "accident",
    "housing",
    "water",
)
CIRCUMSTANCES = ("income", "relocation", "household", "community", "assistance", "reporting")
GROUPS = (*CAUSES, *CIRCUMSTANCES)

#: Files that hold more features of a group, each with the group it belongs to.
FURTHER = {"composition": "household", "education": "household"}

#: Tables of events: whoever has no record in them had none, so a count of nothing is 0 and not missing.
EVENTS = ("shocks", "schooling")
#: Places whose other households a feature may look at, each with what names it in the spine.
PLACES = {"village": "village_id", "township": "township_id", "county": "county_id"}
#: Passes after the tables: over the household's own row, its earlier rows, its neighbours.
PASSES = ("household", "history", *PLACES)


@dataclass(frozen=True)
class Feature:
    """A declared feature.

    Attributes
    ----------
    name : str
        Name of the function, column of the matrix.
    over : str
        A table of the register (the expression aggregates a household's visible
        records), or one of ``household`` (row by row over features already made),
        ``history`` (over the same household's earlier dates), ``village``, ``township``,
        ``county`` (over the other households there).
    group : str
        Cause or circumstance the feature explains.
    zh, en : str
        What people read.
    unit : str
        Unit, "" for a pure number or flag.
    source : str
        Where the rule comes from.
    bounds : tuple of (float or None, float or None)
        Allowed values, both included.
    direction : int
        +1 if a higher value raises the risk, -1 if it lowers it, 0 if unknown.
    expression : callable
        Gives the polars expression.
    parts : mapping of str to Expr
        Over a table: aggregates that several features share. Each is made once, and the
        expression reads them as columns of the household instead of its records.
    """

    name: str
    over: str
    group: str
    zh: str
    en: str
    unit: str
    source: str
    bounds: tuple[float | None, float | None]
    direction: Literal[-1, 0, 1]
    expression: Callable[[], pl.Expr]
    parts: Mapping[str, pl.Expr] = field(default_factory=dict)

    @property
    def reads(self) -> set[str]:
        """Name the columns of its records, or of a pass the features, that it is made from."""
        parts = [name for part in self.parts.values() for name in part.meta.root_names()]
        return {*self.expression().meta.root_names(), *parts} - {*self.parts}


_declared: dict[str, Feature] = {}


def feature(
    *,
    over: str,
    zh: str,
    en: str,
    unit: str = "",
    source: str,
    bounds: tuple[float | None, float | None] = (0, None),
    direction: Literal[-1, 0, 1] = 0,
    parts: Mapping[str, pl.Expr] | None = None,
) -> Callable[[Callable[[], pl.Expr]], Callable[[], pl.Expr]]:
    """Declare the decorated function as a feature of the cause its module is named for.

    A module of `FURTHER` is named for what it holds and belongs to the group that stands there.

    Returns
    -------
    callable
        A decorator that returns the function unchanged.

    Raises
    ------
    TypeError
        When the name is taken, or `over` or the module's name is not known.
    """

    def declare(expression: Callable[[], pl.Expr]) -> Callable[[], pl.Expr]:
        name, module = expression.__name__, _module(expression)
        group = FURTHER.get(module, module)
        if name in _declared:
            raise TypeError(f"feature {name} is declared twice: choose another name")
        if over not in TABLES and over not in PASSES:
            raise TypeError(f"feature {name}: over={over!r} is neither a table nor one of {PASSES}")
        if group not in GROUPS:
            raise TypeError(f"feature {name}: module {module} is none of {GROUPS}")
        _declared[name] = Feature(
            name=name,
            over=over,
            group=group,
            zh=zh,
            en=en,
            unit=unit,
            source=source,
            bounds=bounds,
            direction=direction,
            expression=expression,
            parts=parts or {},
        )
        return expression

    return declare


def declared_features() -> tuple[Feature, ...]:
    """List every feature, by group in the order of `GROUPS`, a group's own file first, then as declared."""
    modules = (*GROUPS, *FURTHER)
    for module in modules:
        import_module(f"features.{module}")
    return tuple(
        sorted(
            _declared.values(),
            key=lambda one: (GROUPS.index(one.group), modules.index(_module(one.expression))),
        )
    )


def _module(expression: Callable[[], pl.Expr]) -> str:
    return expression.__module__.rpartition(".")[2]


def feature_groups() -> dict[str, list[str]]:
    """Map each cause or circumstance to its features: the explanation groups."""
    features = declared_features()
    return {group: [one.name for one in features if one.group == group] for group in GROUPS}
