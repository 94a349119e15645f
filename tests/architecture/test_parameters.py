"""Parameters travel as what they are: below the pipelines no function takes them as a dictionary."""

import ast

from tests.architecture.closures import PACKAGES, ROOT

NAMES = {"params", "settings", "limits", "thresholds", "section", "privacy", "source"}
LOOSE = {"Mapping[str, Any]", "dict[str, Any]"}


def test_no_function_takes_parameters_as_a_dictionary():
    """There were 285 such annotations, and a misspelt name was found in the last stage."""
    loose = [
        f"{path.relative_to(ROOT)}:{argument.lineno} {argument.arg}"
        for package in (*PACKAGES, "studies")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.arg in NAMES and argument.annotation and ast.unparse(argument.annotation) in LOOSE
    ]
    assert loose == []
