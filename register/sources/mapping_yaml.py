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
        When the file is no YAML, says a name twice, or holds no names and values.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        place = getattr(getattr(fault, "problem_mark", None), "line", None)
        line = "" if place is None else f" line {place + 1}"
        raise ParamsError(
            f"{path}{line}: not readable as YAML; mend indents, colons and doubled names"
        ) from None
    if not isinstance(content, dict):
        raise ParamsError(f"{path}: found no names and values; see docs/sources.md")
    return content
