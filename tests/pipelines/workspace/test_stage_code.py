"""What was made by other code than stands here is never published."""

import json
import re
import sys

import pytest

from pipelines.workspace.stage import run_stage
from pipelines.workspace.stage_code import CHECKOUT, RECORD, code_of, digest, record_code, recorded_digests
from register.errors import StoreError
from tests.parameters import copy_parameters


def test_a_folder_made_by_the_code_that_stands_here_is_named_by_its_hash(tmp_path):
    record_code(code_of("simulate"), tmp_path)
    assert recorded_digests({"simulate": tmp_path}) == {"simulate": digest(code_of("simulate"))}


def test_a_folder_made_by_other_code_is_refused_with_the_first_file_that_differs(tmp_path):
    record_code(code_of("simulate"), tmp_path)
    made_by = json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))
    made_by["register/shard.py"] = "0" * 64
    (tmp_path / RECORD).write_text(json.dumps(made_by), encoding="utf-8")
    with pytest.raises(StoreError) as refused:
        recorded_digests({"simulate": tmp_path})
    assert str(refused.value) == (
        f"{tmp_path}: made by other code than stands here (register/shard.py is another); "
        "nothing was published; make it anew with `huitou run`"
    )


def test_a_folder_that_does_not_say_what_made_it_is_refused(tmp_path):
    with pytest.raises(StoreError, match="made by other code than stands here"):
        recorded_digests({"simulate": tmp_path})


def test_tables_and_templates_are_code_and_outputs_are_not():
    code = code_of("publish")
    assert {"watchlists/pages/templates/cards.html", "register/tables/causes.yaml"} <= set(code)
    assert [path for path in code if path.startswith(("artifacts", "runs", "requirements"))] == []


def test_what_python_and_numba_leave_beside_the_code_is_no_code():
    """The first run that compiles a kernel leaves files; the next publication refused its own folders."""
    compiled = CHECKOUT / "models/attribution/__pycache__/edge_walk.test.nbi"
    before = code_of("watchlist")
    compiled.parent.mkdir(exist_ok=True)
    compiled.touch()
    try:
        assert code_of("watchlist") == before
    finally:
        compiled.unlink()


def test_what_is_written_while_a_stage_works_did_not_make_its_folder(tmp_path, monkeypatch):
    """A developer saves a file while training; the model is of the file as it was, and is not published."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").touch()
    rule = tmp_path / "models" / "rule.py"
    rule.write_text("LEAST = 1", encoding="utf-8")
    (tmp_path / "dvc.yaml").write_text("stages: {learn: {deps: [models, artifacts]}}", encoding="utf-8")
    copy_parameters(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipelines.workspace.stage_code.CHECKOUT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["learn.py"])
    run_stage(lambda *_: rule.write_text("LEAST = 2", encoding="utf-8"), tmp_path / "artifacts" / "learnt")
    with pytest.raises(StoreError, match=re.escape("(models/rule.py is another)")):
        recorded_digests({"learn": tmp_path / "artifacts" / "learnt"})
