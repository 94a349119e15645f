"""Whoever judges by the truth has it worked out, of the prefecture that was simulated last."""

import json

import pytest

from pipelines.stages.simulate import simulate
from register.atomic import read_parquet, sha256
from register.errors import StoreError
from simulator.county import simulate_county
from simulator.truth import truth_of
from studies.oracle.truth import TABLES, read_truth
from studies.oracle.truth_making import made_truth
from tests.parameters import parameters
from tests.register.simulated import settings

LOCAL = parameters({"compute.scheduler": "local"}).compute
SEASON = {"risk_seasons": ["2023Q4"], "futures": 20}
TINY = settings(households_per_county=60, villages_per_county=2, counties=2, **SEASON)


@pytest.fixture
def prefecture(tmp_path):
    simulate(TINY, LOCAL, tmp_path / "simulated", tmp_path / "truth")
    return tmp_path


def test_the_truth_is_that_of_the_counties_that_were_delivered(prefecture):
    sealed = json.loads(made_truth(prefecture / "truth").read_bytes())
    assert set(sealed) == {f"{county}/{name}.parquet" for county in ("530901", "530902") for name in TABLES}
    for number, county in enumerate(("530901", "530902")):
        for name, table in truth_of(simulate_county(number, TINY), TINY).items():
            path = prefecture / "truth" / county / f"{name}.parquet"
            assert read_parquet(path).equals(table)
            assert sealed[f"{county}/{name}.parquet"] == {"rows": len(table), "sha256": sha256(path)}


def test_the_first_reader_has_it_made_and_the_next_reads_the_same(prefecture):
    first = read_truth(prefecture / "truth", "risk")
    written = (prefecture / "truth/530901/risk.parquet").stat().st_mtime_ns
    assert read_truth(prefecture / "truth", "risk").equals(first)
    assert (prefecture / "truth/530901/risk.parquet").stat().st_mtime_ns == written


def test_another_prefecture_has_another_truth(prefecture):
    first = read_truth(prefecture / "truth", "resources")
    other = TINY.model_copy(update={"counties": 1, "seed": 7})
    simulate(other, LOCAL, prefecture / "simulated", prefecture / "truth")
    assert not read_truth(prefecture / "truth", "resources").equals(first)


def test_a_workspace_without_a_simulated_prefecture_has_no_truth(tmp_path):
    with pytest.raises(StoreError) as refused:
        made_truth(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}/manifest.json: no truth found; only a simulated prefecture has one (huitou simulate)"
    )
