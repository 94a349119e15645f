"""The prefecture is written the same way however many counties are made at a time."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands.command_line import application
from pipelines.stages.simulate import SETTINGS, changed, main, simulate
from pipelines.workspace.shards import walk
from pipelines.workspace.workspace import Workspace
from register.errors import ParamsError
from register.sources.control import CONTROL
from register.sources.folder import FolderSource
from register.tables import TABLES
from tests.parameters import parameters
from tests.register.simulated import settings

LOCAL = parameters({"compute.scheduler": "local"}).compute
TINY = settings(households_per_county=60, villages_per_county=2, counties=2)


def test_two_counties_at_a_time_are_the_counties_made_one_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "WORTH_STARTING", 0.0)
    for processes in (1, 2):
        folder, asked = tmp_path / str(processes), parameters({"compute.processes": processes}).compute
        simulate(TINY, asked, folder / "simulated", folder / "truth")
    one, two = ((tmp_path / processes / "simulated/control.json").read_bytes() for processes in "12")
    assert one == two


#: What visits find is read back, and no office delivers it.
VISITED = ("lookbacks", "found_off_list")


def test_the_delivery_is_made_without_the_truth(tmp_path):
    simulate(TINY, LOCAL, tmp_path / "simulated", tmp_path / "truth")
    delivered = {path.name for path in (tmp_path / "simulated").rglob("*.*")}
    assert delivered == {*(f"{name}.csv" for name in TABLES if name not in VISITED), CONTROL}
    assert [path.name for path in (tmp_path / "truth").rglob("*.*")] == [SETTINGS]


def test_nothing_of_a_larger_prefecture_stays_behind(tmp_path):
    """Control totals name what was delivered, and refuse what was not."""
    here, small = Workspace(tmp_path), {"households_per_county": 60, "villages_per_county": 2}
    for counties in (2, 1):
        chosen = {f"simulator.{name}": value for name, value in {**small, "counties": counties}.items()}
        main(here, parameters(chosen))
    assert FolderSource(here.simulated).counties() == ["530901"]
    assert json.loads((here.truth / SETTINGS).read_bytes())["counties"] == 1


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
    assert CliRunner().invoke(application, [*asked, "--no-truth"]).exit_code == 0
    assert (tmp_path / "truth" / SETTINGS).is_file()
    assert not (tmp_path / "truth/manifest.json").exists()


def test_the_command_takes_parameters_for_one_prefecture(tmp_path, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[3])
    asked = ["simulate", "--households", "80", "--counties", "1", "--output", str(tmp_path)]
    asked += ["--set", 'simulator.office.region="520000"', "--set", "simulator.risk_seasons=[]"]
    assert CliRunner().invoke(application, asked).exit_code == 0
    assert (tmp_path / "simulated/520901/income.csv").is_file()
