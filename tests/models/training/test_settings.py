"""What a training goes by is taken from the parameters, and nothing else."""

from models.risk.parameters import ROWS, TREES
from models.training.settings import ModelSettings
from tests.parameters import parameters


def test_every_number_comes_from_the_section_and_the_threads_from_the_machine():
    section = parameters().model
    settings = ModelSettings.of(section, 2)
    assert {name: getattr(settings, name) for name in ROWS} == section.model_dump(include=set(ROWS))
    assert set(settings.trees) == {*TREES, "threads"}
    assert settings.trees["threads"] == 2
