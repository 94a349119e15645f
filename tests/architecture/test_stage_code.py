"""DVC knows what every stage is made of: dvc.yaml names its import closure, no more and no less."""

import pytest
import yaml

from pipelines.workspace.stage_code import code_of
from tests.architecture.closures import BY_NAME, ROOT, closure, files_of, graph, written

STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]


@pytest.fixture(scope="module")
def imports():
    return graph()


def test_dvc_yaml_names_the_code_of_every_stage():
    text = (ROOT / "dvc.yaml").read_text(encoding="utf-8")
    assert written(text) == text, "dvc.yaml is stale; run make stages"


@pytest.mark.parametrize("stage", STAGES)
def test_the_files_hashed_for_a_stage_are_its_closure(imports, stage):
    modules = closure(imports, f"pipelines.stages.{stage}")
    assert set(code_of(stage)) == {path for module in modules for path in files_of(module)}


def test_what_decides_a_fall_and_a_direction_is_part_of_training():
    """A changed breach rule and a changed direction left the model as it was: DVC knew neither file."""
    assert {"register/readings.py", "register/shard.py", "features/declaration.py"} <= set(code_of("train"))


def test_training_does_not_depend_on_how_it_is_judged():
    """A comma in the leaderboard trained every model again."""
    assert "models/evaluation/leaderboard.py" not in code_of("train")


def test_a_module_imported_inside_a_function_is_part_of_the_closure(imports):
    assert "studies.protocol.protocol" not in imports.modules
    assert "features.housing" in closure(imports, "pipelines.stages.train")
    assert set(BY_NAME) <= imports.modules
