"""A prefecture of any size stands in a copy of the project, and changes nothing of the project itself."""

from benchmarks.prefecture import ROOT, make_prefecture, sized
from pipelines.workspace.parameters import load_params


def test_counties_are_of_one_size_and_hold_all_households():
    assert sized(1_000_000) == {"simulator.counties": 200, "simulator.households_per_county": 5_000}
    assert sized(7_000) == {"simulator.counties": 1, "simulator.households_per_county": 7_000}
    assert sized(500) == {"simulator.counties": 1, "simulator.households_per_county": 500}


def test_only_what_is_changed_differs_from_the_project(tmp_path):
    before = load_params(ROOT)
    workspace = make_prefecture(tmp_path / "prefecture", {"simulator.counties": 3, "model.rounds": 7})
    params = load_params(workspace.folder)
    assert (params.simulator.counties, params.model.rounds) == (3, 7)
    assert params.simulator.model_copy(update={"counties": before.simulator.counties}) == before.simulator
    assert params.evaluate == before.evaluate
    assert load_params(ROOT) == before
