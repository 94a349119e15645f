"""The prefecture is written the same way however many counties are made at a time."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands.command_line import application
from pipelines.stages.simulate import changed, simulate
from pipelines.workspace.shards import walk
from register.atomic import sha256
from register.errors import ParamsError
from register.sources.folder import FolderSource
from tests.parameters import parameters
from tests.register.simulated import settings

LOCAL = parameters({"compute.scheduler": "local"}).compute
TINY = settings(households_per_county=60, villages_per_county=2, counties=2)


def test_two_counties_at_a_time_are_the_counties_made_one_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "WORTH_STARTING", 0.0)
    for processes in (1, 2):
        folder, asked = tmp_path / str(processes), parameters({"compute.processes": processes}).compute
        simulate(TINY, asked, folder / "simulated", folder / "truth")
    for name in ("simulated/control.json", "truth/manifest.json"):
        one, two = ((tmp_path / processes / name).read_bytes() for processes in "12")
        assert one == two


def test_the_delivery_holds_no_truth_and_the_truth_is_sealed(tmp_path):
    simulate(TINY, LOCAL, tmp_path / "simulated", tmp_path / "truth")
    delivered = {path.name for path in (tmp_path / "simulated").rglob("*.*")}
    assert not delivered & {"risk.parquet", "falls.parquet", "resources.parquet", "manifest.json"}
    sealed = json.loads((tmp_path / "truth/manifest.json").read_text())
    assert set(sealed) == {
        f"{county}/{name}.parquet"
        for county in ("530901", "530902")
        for name in ("falls", "resources", "risk")
    }
    assert all(sha256(tmp_path / "truth" / file) == facts["sha256"] for file, facts in sealed.items())


def test_an_office_elsewhere_brings_its_lines_and_none_of_another_stays_behind(tmp_path):
    """The folder is used again for the default prefecture, whose line is cited."""
    office = {**TINY.office.written(), "region": "520000", "amounts_over_yuan": 0.9}
    elsewhere = settings(households_per_county=60, villages_per_county=2, counties=1, office=office)
    simulate(elsewhere, LOCAL, tmp_path / "simulated", tmp_path / "truth")
    assert (
        FolderSource(tmp_path / "simulated").lines().filter(region_id="520000")["line_per_month"][-1] == 652.5
    )
    assert "lines.csv" in json.loads((tmp_path / "simulated/control.json").read_text())
    simulate(TINY, LOCAL, tmp_path / "simulated", tmp_path / "truth")
    assert not (tmp_path / "simulated/lines.csv").exists()


def test_a_larger_county_has_more_villages_of_the_same_size():
    large = changed(settings(households_per_county=5000, villages_per_county=40), 1_000_000, 50, None)
    assert (large.counties, large.households_per_county, large.villages_per_county) == (50, 20_000, 160)


def test_fewer_households_than_counties_are_refused():
    with pytest.raises(ParamsError) as caught:
        changed(settings(), 3, 5, None)
    assert str(caught.value) == (
        "--households 3: found fewer than the 5 counties, allowed is at least one household a county; "
        "ask for more households or fewer counties"
    )


def test_the_command_writes_where_it_is_told_to(tmp_path, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[3])
    asked = ["simulate", "--households", "80", "--counties", "1", "--seed", "3", "--output", str(tmp_path)]
    assert CliRunner().invoke(application, asked).exit_code == 0
    assert (tmp_path / "simulated/530901/income.csv").is_file()
    assert (tmp_path / "truth/530901/falls.parquet").is_file()


def test_the_command_takes_parameters_for_one_prefecture(tmp_path, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[3])
    asked = ["simulate", "--households", "80", "--counties", "1", "--output", str(tmp_path)]
    asked += ["--set", 'simulator.office.region="520000"', "--set", "simulator.risk_seasons=[]"]
    assert CliRunner().invoke(application, asked).exit_code == 0
    assert (tmp_path / "simulated/520901/income.csv").is_file()
