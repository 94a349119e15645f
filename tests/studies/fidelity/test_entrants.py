"""A way of one's own enters with one function."""

import numpy as np
import pandas as pd
import pytest

from models.risk.model import RiskModel
from studies.fidelity.__main__ import judged_beside
from studies.fidelity.entrants import ENTRANTS, WOODELF, entered, named_way
from studies.fidelity.invented_causes import SCENARIOS
from studies.fidelity.scores import DIRECTIONS, Size

GROUPS = {"first": ["a", "b"], "second": ["c"]}


@pytest.fixture(scope="module")
def fitted():
    generator = np.random.default_rng(1)
    frame = pd.DataFrame(generator.normal(size=(400, 3)), columns=list("abc"))
    fell = frame["a"] + frame["c"] > 1
    return RiskModel(members=1, rounds=10, min_data_in_leaf=20).fit(frame, fell), frame


def largest_sign(model, frame, groups, background):
    """Name the cause of the largest sign: a way of one's own."""
    assert len(background)
    return np.column_stack([frame[names].iloc[:, -1] for names in groups.values()])


def test_every_way_gives_a_row_a_household_and_a_column_a_cause(fitted):
    model, frame = fitted
    parts = entered(ENTRANTS, model, frame[:5], GROUPS, frame[-8:])
    assert set(parts) >= set(ENTRANTS) - {WOODELF}
    assert {one.shape for one in parts.values()} == {(5, 2)}


def test_a_way_whose_package_is_not_installed_is_left_out_with_a_line(fitted, capsys):
    def absent(*_):
        raise ModuleNotFoundError(name="fancy_shap")

    assert entered({"fancy": absent}, *fitted, GROUPS, fitted[1][:1]) == {}
    assert capsys.readouterr().err == "fancy: left out, fancy_shap is not installed\n"


def test_numbers_of_another_shape_are_refused(fitted):
    with pytest.raises(ValueError, match=r"mine: gave numbers of shape \(400, 3\), wanted \(400, 2\)"):
        entered({"mine": lambda _, frame, *__: frame}, *fitted, GROUPS, fitted[1][:1])


def test_a_way_is_named_by_its_file_and_function():
    assert named_way("tests.studies.fidelity.test_entrants:largest_sign").__name__ == "largest_sign"


def test_an_entrant_is_judged_beside_the_trees_in_every_cell(monkeypatch):
    cell = "correlation 0.3"
    monkeypatch.setattr("studies.fidelity.__main__.SCENARIOS", {cell: SCENARIOS[cell]})
    small = Size(trained=3000, drawn=6000, judged=60, background=4, resamples=50)
    table = judged_beside("largest sign", largest_sign, small)
    row = table.splitlines()[-1]
    assert row.startswith("| correlation 0.3 | 60 | 0.")
    assert " [" in row.split(" | ")[3]
    assert len(DIRECTIONS) == 24
