"""The sentences that stand in the code: what is said of rows, and what files are refused for."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BILINGUAL = re.compile(r"[\u4e00-\u9fff].* / ", re.DOTALL)
#: Doubts that never set a row aside, other sources, and what speaks of the code's own data.
ASIDE = ("simulator", "eph", "consistency", "reference", "tables", "vault")


def modules():
    """Give the path and the tree of every module that looks at a delivery."""
    for path in sorted((ROOT / "register").rglob("*.py")):
        if not set(path.relative_to(ROOT).parts) & set(ASIDE):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def sentences():
    """Give path -> patterns of every bilingual sentence, whatever is filled in."""
    found = {}
    for path, tree in modules():
        joined = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
        pieces = {id(piece) for node in joined for piece in node.values}
        literals = (node for node in ast.walk(tree) if id(node) not in pieces)
        patterns = [pattern for node in literals if (pattern := _bilingual(node))]
        if patterns:
            found[path] = patterns
    return found


def refusals(*errors):
    """Give (path, pattern) of every message with which one of these errors is raised."""
    return [
        (path, pattern_of(node.exc.args[0]))
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and getattr(node.exc.func, "id", "") in errors
        and node.exc.args
    ]


def pattern_of(node):
    """Turn a literal into a pattern; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"(\\\{)+.*?(\\\})+", ".*", re.escape(node.value))  # a template of str.format too
    if isinstance(node, ast.JoinedStr):
        pieces = (re.escape(one.value) if isinstance(one, ast.Constant) else ".*" for one in node.values)
        return "".join(pieces)
    return None


def _bilingual(node):
    pattern = pattern_of(node)
    plain = re.sub(r"\\(.)", r"\1", pattern, flags=re.DOTALL) if pattern else ""
    is_docstring = "\n    " in plain
    return re.compile(pattern, re.DOTALL) if BILINGUAL.search(plain) and not is_docstring else None
