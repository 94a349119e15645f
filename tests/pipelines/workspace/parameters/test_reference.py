"""What is made from the models: comments, completion, and a page that names every parameter."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from pipelines.commands.command_line import application
from pipelines.workspace.parameters import FILES, Parameters
from pipelines.workspace.parameters.reference import commented, completed, leaves
from register.parameters.allowed import resolved
from tests.parameters import BY_FILE, ROOT

SCHEMA = Parameters.model_json_schema()


@pytest.mark.parametrize(("name", "about"), [*leaves(SCHEMA)])
def test_every_parameter_says_what_it_means_and_who_decided(name, about):
    assert about["description"]
    assert about["who"]


@pytest.mark.parametrize(("name", "about"), [*leaves(SCHEMA)])
def test_every_number_has_a_range(name, about):
    target = resolved(about, SCHEMA)
    if target.get("type") in ("integer", "number"):
        assert {"minimum", "exclusiveMinimum"} & set(target)


@pytest.mark.parametrize("file", FILES)
def test_an_editor_takes_the_files_as_they_stand(file):
    schema = json.loads((ROOT / f"docs/{Path(file).stem}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(BY_FILE[file], schema)
    first = (ROOT / file).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=docs/{Path(file).stem}.schema.json"


@pytest.mark.parametrize("file", FILES)
def test_comments_are_written_anew_and_no_value_changes(file, tmp_path):
    text = re.sub(r"(?m)^(  \w+: \S.*)# .*$", r"\1# stale", (ROOT / file).read_text(encoding="utf-8"))
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert yaml.safe_load(commented(file, tmp_path)) == BY_FILE[file]
    assert "# stale" in text
    assert "# stale" not in commented(file, tmp_path)


def test_names_and_choices_are_completed():
    assert completed("watchlist.capacity.") == [
        f"watchlist.capacity.{name}=" for name in ("per", "visits", "table", "share", "floor")
    ]
    assert completed("evaluate.cluster=") == ["evaluate.cluster=village", "evaluate.cluster=household"]
    assert completed("label.months=") == []


def test_the_shell_asks_for_completion():
    asked = {
        "_HUITOU_COMPLETE": "complete_bash",
        "COMP_WORDS": "huitou run --set evaluate.cl",
        "COMP_CWORD": "3",
    }
    assert (
        CliRunner().invoke(application, prog_name="huitou", env=asked).output.strip() == "evaluate.cluster="
    )
