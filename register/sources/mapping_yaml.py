"""YAML as whoever writes a mapping means it: words and numbers as they stand, no name twice."""

import re
from pathlib import Path
from typing import Any

import yaml

from register.errors import ParamsError

#: What is no text though it stands without quotes, and with what it begins (YAML 1.2, 10.3.2, narrowed).
PLAIN = {
    "tag:yaml.org,2002:bool": (re.compile("(?:true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    "tag:yaml.org,2002:int": (re.compile("[-+]?(?:0|[1-9][0-9]*)$"), "-+0123456789"),
}

#: Names and values of a mapping with its references (``*name``) unfolded; the national one has 1,000.
MOST_NODES = 100_000


class _Strict(yaml.CSafeLoader):
    """Reads plain words and numbers as they stand, and refuses a name that stands twice.

    YAML 1.1 makes true of ``yes``, 83 of ``0123`` and 750 of ``12:30``; YAML 1.2, and whoever
    writes a mapping, does not.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(name, deep=True) for name, _ in node.value]
        if any(isinstance(name, list | dict) for name in names) or len(set(names)) < len(names):
            raise yaml.constructor.ConstructorError(problem="doubled name", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


_Strict.yaml_implicit_resolvers = {
    first: [(tag, look) for tag, look in looks if tag not in PLAIN]
    for first, looks in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _tag, (_look, _first) in PLAIN.items():
    _Strict.add_implicit_resolver(_tag, _look, list(_first))


def read_yaml(path: Path) -> dict[Any, Any]:
    """Read names and values.

    Raises
    ------
    ParamsError
        When the file is no YAML, says a name twice, unfolds beyond reason, or holds no names and values.
    """
    try:
        content = _content(path)
    except ParamsError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        place = getattr(getattr(fault, "problem_mark", None), "line", None)
        line = "" if place is None else f" line {place + 1}"
        raise ParamsError(
            f"{path}{line}: not readable as YAML; mend indents, colons and doubled names"
        ) from None
    if not isinstance(content, dict):
        raise ParamsError(f"{path}: found no names and values; see docs/sources.md")
    return content


def _content(path: Path) -> object:
    loader = _Strict(path.read_text(encoding="utf-8"))
    node = loader.get_single_node()
    if node is not None and _unfolded(node, {}) > MOST_NODES:
        raise ParamsError(
            f"{path}: unfolds to more than {MOST_NODES} names and values; write out what it repeats (*name)"
        )
    return node and loader.construct_document(node)


def _unfolded(node: yaml.Node, counts: dict[yaml.Node, float]) -> float:
    """Count a node with all in it, each of which is walked once; one that holds itself has no end."""
    if node not in counts:
        counts[node] = float("inf")
        inside = node.value if isinstance(node, yaml.CollectionNode) else []
        parts = [part for one in inside for part in (one if isinstance(one, tuple) else (one,))]
        counts[node] = 1 + sum(_unfolded(part, counts) for part in parts)
    return counts[node]
