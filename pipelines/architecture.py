"""The table of stages in docs/architecture.md: what each reads, writes and is made of, from dvc.yaml."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.workspace.stage_code import CHECKOUT, is_code, stages

PAGE = Path("docs/architecture.md")
#: Between these lines the page is made; all else in it is written by hand.
BEGIN, END = "<!-- stages: made by make docs -->", "<!-- end of stages -->"
HEAD = "| stage | what it does | reads | writes | made of |\n|---|---|---|---|---|\n"


def architecture() -> str:
    """Give docs/architecture.md with today's table of stages in its place."""
    text = (CHECKOUT / PAGE).read_text(encoding="utf-8")
    table = HEAD + "".join(f"{_row(name, stage)}\n" for name, stage in stages().items())
    return re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{table}{END}", text, flags=re.DOTALL)


def rooms(code: Iterable[str]) -> str:
    """Name the rooms that files of code stand in.

    Examples
    --------
    >>> rooms(["models/risk/model.py", "models/places.py", "models/labels/labels.py", "features/water.py"])
    'features; models (labels, risk)'
    """
    rooms_of: dict[str, set[str]] = defaultdict(set)
    for path in code:
        package, *inside = path.split("/")
        rooms_of[package] |= {part for part in inside[:1] if "." not in part}
    named = ((package, ", ".join(sorted(inside))) for package, inside in sorted(rooms_of.items()))
    return "; ".join(f"{package} ({inside})" if inside else package for package, inside in named)


def _row(name: str, stage: Mapping[str, Any]) -> str:
    code, data = (
        [str(dep) for dep in stage["deps"] if is_code(str(dep)) is wanted] for wanted in (True, False)
    )
    outs = [*stage["outs"], *stage.get("metrics", [])]
    paths = [next(iter(out)) if isinstance(out, dict) else out for out in outs]
    return f"| `{name}` | {_does(name)} | {_listed(data)} | {_listed(paths)} | {rooms(code)} |"


def _listed(paths: Iterable[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths) or "–"


def _does(stage: str) -> str:
    """Give what a stage's file says that it does."""
    text = (CHECKOUT / f"pipelines/stages/{stage}.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    return docstring.partition(": ")[2].partition(".\n")[0].rstrip(".")
