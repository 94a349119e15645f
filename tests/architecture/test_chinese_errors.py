"""Every error that is raised has its Chinese sentence, and no Chinese sentence is of an error long gone.

What says Chinese itself needs none. Messages that a variable brings (`message_of`, `_why_silent`, a
joined list) are no literals where they are raised; their parts stand in phrases.yaml.
"""

import ast
import itertools
import os
import re
from pathlib import Path

import yaml

from pipelines.workspace.error_words import CATALOGUE
from register import errors
from register.os_errors import NEXT_STEPS
from register.parameters.allowed import allowed
from watchlists.release.manifest import NewerReleaseError

ROOT = Path(__file__).parents[2]
ROOMS = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies")
ERRORS = {name for name in vars(errors) if isinstance(vars(errors)[name], type)} | {
    NewerReleaseError.__name__
}
#: What is put together of pieces (`register.parameters.allowed`, `pipelines.workspace.parameters.files`).
PUT_TOGETHER = {"{}, or null", "--set {}"}
OF_SCHEMAS = (
    {"type": "string", "minLength": 1},
    {"type": "array", "items": {"const": "{}"}},
    {"type": "array", "items": {"const": "{}"}, "minItems": "{}"},
    {"type": "array", "prefixItems": [{"const": "{}"}, {"const": "{}"}]},
)
#: The ends of a range.
ENDS = (
    [{}, {"minimum": 0}, {"exclusiveMinimum": 0}],
    [{}, {"maximum": 0}, {"exclusiveMaximum": 0}],
)


def template(node):
    """Give a literal with `{}` for each of its values; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return None


def nodes():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def raised():
    """Give the template of every literal with which an error is made."""
    calls = (node for node in nodes() if isinstance(node, ast.Call) and node.args)
    made = (node.args[0] for node in calls if getattr(node.func, "id", "") in ERRORS)
    return {text for node in made if (text := template(node)) is not None}


def said():
    """Give all that may come to be said: literals, what is allowed of a number, words of the system."""
    ranges = {
        allowed({"type": kind, **low, **high}, {}).replace("0", "{}")
        for kind, low, high in itertools.product(("integer", "number"), *ENDS)
    }
    literals = {text for node in nodes() if (text := template(node)) is not None}
    literals |= {part for text in literals for part in re.findall(r"allowed is ([^{};]+); mend it$", text)}
    put_together = PUT_TOGETHER | ranges | {allowed(one, {}) for one in OF_SCHEMAS}
    return literals | put_together | {os.strerror(number) for number in NEXT_STEPS}


def sentences():
    for path in sorted(CATALOGUE.glob("*.yaml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8")).items()


def is_chinese(text):
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def test_every_error_has_its_chinese_sentence():
    lacking = sorted(text for text in raised() - {*dict(sentences())} if not is_chinese(text))
    assert lacking == [], f"write them into {CATALOGUE.relative_to(ROOT)}/ROOM.yaml"


def test_every_chinese_sentence_is_of_something_that_is_said():
    assert sorted({*dict(sentences())} - said()) == [], "said no more: strike them out, or follow the change"


def test_no_sentence_stands_twice_and_each_is_chinese():
    english = [one for one, _ in sentences()]
    assert sorted(one for one in {*english} if english.count(one) > 1) == []
    plain = {"{} GiB free", "{}: {}", "{}: {}; {}", "--set {}"}
    assert [one for one, chinese in sentences() if not is_chinese(chinese) and one not in plain] == []


def test_no_yaml_file_hides_a_sentence_behind_another_of_the_same_words():
    for path in CATALOGUE.glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(yaml.safe_load("\n".join(lines))) == sum(line.startswith("'") for line in lines), path.name


def test_no_stage_is_made_of_the_catalogue():
    """Or a better word would train every model again."""
    assert (CATALOGUE / "__init__.py").is_file()
    assert "errors_zh" not in (ROOT / "dvc.yaml").read_text(encoding="utf-8")
