"""A name says the thing, not that somebody said it; the counts of those that do not only go down."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Participles that name whatever is at hand: an income, a record, a list of sentences, a match.
BANNED = {"told", "found", "asked", "given", "said", "seen", "shown"}
#: By package, what is left of the dialect: bindings of such a name, and tuples packed into a call or display.
CEILINGS = {
    "register": (0, 0),
    "simulator": (0, 0),
    "features": (0, 0),
    "models": (2, 0),
    "watchlists": (0, 0),
    "pipelines": (0, 0),
    "studies": (0, 0),
    "benchmarks": (0, 0),
}


def names_bound_by(node):
    """Give what a node of the syntax names: functions, classes, parameters, variables, attributes."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case (
            ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store())
        ):
            return [name]
        case ast.ExceptHandler(name=name) | ast.MatchAs(name=name) | ast.MatchStar(name=name):
            return [name] if name else []
        case ast.alias(asname=name):
            return [name] if name else []
    return []


def is_banned(name):
    return name.strip("_").casefold() in BANNED


def is_packed(node):
    """Say whether a display is unpacked where it stands: ``*(a, b)`` says no more than ``a, b``."""
    return isinstance(node, ast.Starred) and isinstance(node.value, ast.Tuple | ast.List)


def places_in(path):
    """List where a file binds a banned name, its own among them, and where it packs a tuple."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    at = path.relative_to(ROOT)
    named = [
        f"{at}:{node.lineno} {name}" for node in nodes for name in names_bound_by(node) if is_banned(name)
    ]
    module = [f"{at}:1 {path.stem}"] if is_banned(path.stem) else []
    return module + named, [f"{at}:{node.lineno} *(...)" for node in nodes if is_packed(node)]


@pytest.mark.parametrize("package", CEILINGS)
def test_names_that_say_nothing_and_tuples_packed_for_the_formatter_only_become_fewer(package):
    files = [places_in(path) for path in sorted((ROOT / package).rglob("*.py"))]
    names, packs = ([place for lists in kind for place in lists] for kind in zip(*files, strict=True))
    counted = len(names), len(packs)
    assert counted == CEILINGS[package], (
        f"{package}: {counted} names and packs, the ceiling is {CEILINGS[package]}; "
        "where there are more, name the thing or write keyword arguments, "
        f"where there are fewer, lower the ceiling to {counted}\n" + "\n".join([*names, *packs])
    )


@pytest.mark.parametrize(
    ("code", "n_names", "n_packs"),
    [
        ("told = 1", 1, 0),
        ("self._told = 1", 1, 0),
        ("def _found(said, *, asked=0): ...", 3, 0),
        ("class Seen: ...", 1, 0),
        ("import a as given", 1, 0),
        ("for shown in rows: ...", 1, 0),
        ("told_over_needs = unseen = 1", 0, 0),
        ("print(told, found(asked=given))", 0, 0),
        ("f(*(a, b), *rest)", 0, 1),
        ("x = [*(a, b), *(one for one in c)]", 0, 1),
    ],
)
def test_what_is_counted_is_what_a_module_binds_itself(code, n_names, n_packs):
    nodes = list(ast.walk(ast.parse(code)))
    assert sum(is_banned(name) for node in nodes for name in names_bound_by(node)) == n_names
    assert sum(is_packed(node) for node in nodes) == n_packs
