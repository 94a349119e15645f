"""The model's change beside the true one, for a village of three."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from register.atomic import write_json, write_parquet
from studies.ending_help import comparison
from tests.households import household, village_of
from tests.parameters import parameters

DAY, BEGUN = date(2023, 12, 31), date(2023, 1, 1)
#: A's help pays, B's record pays nothing, C has none.
HOUSEHOLDS = [
    household("A", assistance=[{"measure": "industry", "started_on": BEGUN}]),
    household("B", assistance=[{"measure": "industry", "started_on": BEGUN}]),
    household("C"),
]
PARAMS = parameters(
    {
        "simulator.counties": 1,
        "ending_help.least": 2,
        "ending_help.least_clusters": 2,
        "ending_help.least_without": 1,
        "evaluate.cluster": "household",
        "evaluate.bootstrap": 50,
    }
)


class Sloped:
    """The risk moves with every measure in force, from a fifth."""

    feature_names = ("n_active_measures",)

    def __init__(self, slope):
        self.slope = slope

    def predict_proba(self, frame):
        risk = 0.2 + self.slope * frame["n_active_measures"].fillna(0).to_numpy()
        return np.column_stack([1 - risk, risk])


class OneCounty:
    counties = ("C1",)

    def __init__(self, folder):
        self.folder = folder

    def shard(self, county_id):
        assert county_id in self.counties
        return village_of(*HOUSEHOLDS)


def invented_truth(*_):
    effects = pl.DataFrame(
        {
            "household_id": ["a", "b", "c"],
            "as_of_date": DAY,
            "true_risk": 0.1,
            "true_change": [0.05, 0.03, 0.0],
        }
    )
    return effects, pl.DataFrame({"household_id": ["a"], "started_on": [BEGUN]})


def compared(folder, monkeypatch, slope):
    workspace = comparison.Workspace(folder)
    write_json(workspace.training, {"origins": ["2023Q4"]})
    ids = pl.DataFrame({"household_id": ["A", "B", "C"], "as_of_date": DAY})
    places = ids.with_columns(county_id=pl.lit("C1"), village_id=pl.lit("V1"), is_return=pl.lit(value=True))
    write_parquet(workspace.cohort, places)
    write_parquet(
        workspace.features / "C1.parquet", ids.with_columns(n_active_measures=pl.Series([1.0, 1.0, 0.0]))
    )
    monkeypatch.setattr(comparison, "load_model", lambda *_: Sloped(slope))
    monkeypatch.setattr(comparison, "Register", OneCounty)
    monkeypatch.setattr(comparison, "true_changes", invented_truth)
    return comparison.compared(workspace, PARAMS, str.upper).sort("household_id")


def test_only_help_that_pays_has_a_true_change(tmp_path, monkeypatch):
    rows = compared(tmp_path, monkeypatch, -0.1)
    assert rows["household_id"].to_list() == ["A", "B"]
    assert rows["true_change"].to_list() == [0.05, 0.0]
    assert (rows["risk_ended"] - rows["risk"]).to_list() == pytest.approx([0.1, 0.1])
    assert set(rows["village_id"]) == {"V1"}


@pytest.mark.parametrize(("slope", "standing"), [(-0.1, "few"), (0.1, "contradicts"), (0.0, "contradicts")])
def test_the_gate_of_the_product_holds_here_too(tmp_path, monkeypatch, slope, standing):
    """Of a measure that lowers the risk too few are like them without it: C's risk is in another band."""
    assert set(compared(tmp_path, monkeypatch, slope)["standing"]) == {standing}
