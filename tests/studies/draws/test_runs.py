"""A key is tried once for a register, its parameters and its code, in a workspace of its own."""

import json

import pytest

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import write_text
from register.store import MANIFEST
from studies.draws import runs
from tests.pipelines.small_county import county


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    county(tmp_path)
    write_text(tmp_path / "requirements.lock", "")
    return tmp_path


@pytest.fixture
def stages(monkeypatch):
    """Count what is run instead of running it: the stages have tests of their own."""
    calls = []
    monkeypatch.setattr(runs, "run_stages", lambda folder, names: calls.append((folder.name, names)))
    return calls


def key_of(workspace):
    return json.loads((workspace.register / MANIFEST).read_text(encoding="utf-8"))["pseudonym_key_id"]


def test_every_number_is_another_key_and_trained_and_judged(office, stages):
    first, second = (runs.tried(HERE, office / f"key{one}", one, load_params()) for one in range(2))
    assert key_of(first) != key_of(second)
    assert stages == [("key0", ("train", "evaluate")), ("key1", ("train", "evaluate"))]
    assert load_params().privacy.key_file != str(office / "key0/keys/pseudonym.key")


def test_what_was_tried_is_kept_until_the_parameters_change(office, stages):
    params = load_params()
    for wanted in (params, params, params.model_copy(update={"season": "2022Q3"})):
        runs.tried(HERE, office / "key0", 0, wanted)
    assert len(stages) == 2
