"""Two counties, nearly two years: a list, visits, look-backs read, and what the next report says of them."""

import re
import subprocess
import sys

import polars as pl
import pytest

from register.atomic import sha256
from tests.end_to_end.conftest import ROOT, make_workspace
from tests.end_to_end.test_runs import dvc
from tests.watchlists.handed_out import PLACES, opened
from watchlists.lookbacks.words import CORRECTION

THEN, NOW = "2024Q1", "2025Q4"


def report(workspace):
    return (workspace.release() / "report.html").read_text(encoding="utf-8")


def section(page, name):
    """Give the words of one section of the report, without its marks."""
    _, _, rest = page.partition(f'<h2 id="{name}">')
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", rest.partition("<h2")[0]))


def table(workspace, name):
    return pl.read_parquet(workspace.folder / "artifacts" / "hindsight" / f"{name}.parquet")


@pytest.fixture(scope="module")
def county_office(tmp_path_factory):
    """The analyst lists; officers visit and hand in; the analyst lists again a season or seven later."""
    office = make_workspace(tmp_path_factory.mktemp("hindsight") / "huitou")
    done = office.huitou("run", "--set", f"season={THEN}")
    assert done.returncode == 0, done.stderr
    office.first_report = report(office)
    officers = [sys.executable, "-m", "tests.officers", THEN, "filled"]
    subprocess.run(
        officers, cwd=office.folder, env={**office.environment, "PYTHONPATH": str(ROOT)}, check=True
    )
    office.read = office.huitou("lookback", *map(str, sorted((office.folder / "filled").glob("*.xlsx"))))
    assert office.read.returncode == 0, office.read.stderr
    office.again = office.huitou("run", "--set", f"season={NOW}")
    assert office.again.returncode == 0, office.again.stderr
    return office


def test_the_first_report_says_that_there_is_no_earlier_list(county_office):
    assert "No earlier list yet" in section(county_office.first_report, "hindsight")
    assert "No look-back has been read yet" in section(county_office.first_report, "lookbacks")


def test_what_the_officers_wrote_was_read_without_loss(county_office):
    assert "隔离 quarantined 0" in county_office.read.stdout
    accepted = accepted_in(county_office.read.stdout, off_list=False)
    visits = table(county_office, "visits").filter(season=THEN)
    assert visits["visited"].item() == accepted
    assert accepted > 100


def accepted_in(said, *, off_list):
    lines = [line for line in said.splitlines() if ("名单外走访" in line) == off_list]
    return sum(int(number) for line in lines for number in re.findall(r"accepted (\d+)", line))


def test_visits_off_the_list_are_read_kept_in_the_register_and_told_in_the_report(county_office):
    """Officers went to six households a township that nobody had listed."""
    accepted = accepted_in(county_office.read.stdout, off_list=True)
    assert accepted > 20
    whole = table(county_office, "off_list").filter(pl.col("county_id").is_null(), season=THEN)
    (row,) = whole.to_dicts()
    assert (row["visited"], row["outside"]) == (accepted, 0)
    assert row["confirmed_listed"] == table(county_office, "visits").filter(season=THEN)["confirmed"].item()
    assert row["omission"] == pytest.approx(
        row["confirmed"] / (row["confirmed"] + row["confirmed_listed"]), abs=1e-6
    )
    entered = (county_office.folder / "artifacts/register").glob("*/found_off_list.parquet")
    assert sum(len(pl.read_parquet(path)) for path in entered) == accepted
    words = section(report(county_office), "lookbacks")
    assert "Visits off the list" in words
    assert "Visits off the list are no sample" in words
    shown = row["confirmed"] > 7 and row["visited"] - row["confirmed"] > 7
    assert (f"{100 * row['omission']:.1f}%" in words) == shown


def test_an_officer_finds_a_household_by_its_id(county_office):
    scores = pl.read_parquet(county_office.release() / "scores.parquet")["household_id"]
    done = county_office.huitou("find", scores[0])
    assert done.returncode == 0, done.stderr
    assert f"户编号 {scores[0]}" in done.stdout


def test_the_evaluator_reads_how_the_list_turned_out_beside_its_estimate(county_office):
    then, now, _ = table(county_office, "lists").to_dicts()
    assert (then["is_closed"], now["is_closed"]) == (True, False)
    assert then["known"] + then["gone"] >= then["listed"] - 2
    scores = pl.read_parquet(county_office.folder / "releases" / THEN / "watchlist.parquet")["risk"]
    assert then["estimated"] == pytest.approx(scores.mean(), abs=1e-6)
    words = section(report(county_office), "hindsight")
    assert f"{100 * then['precision']:.1f}%" in words
    assert f"{100 * then['estimated']:.1f}%" in words
    assert "Past estimates were off by" in words
    assert "No earlier list yet" not in words


def test_the_evaluator_reads_visits_confirmed_and_causes(county_office):
    visits = table(county_office, "visits").filter(season=THEN).to_dicts()[0]
    assert 0 < visits["with_cause"] <= visits["confirmed"] < visits["visited"] <= visits["listed"]
    assert 10 <= visits["visit_median"] <= 80
    words = section(report(county_office), "lookbacks")
    assert f"{100 * visits['confirmed_share']:.1f}%" in words
    assert "attributed cause among those found" in words
    assert "Causes found and attributed" in words


def test_running_again_computes_nothing_and_working_it_out_again_gives_the_same_bytes(county_office):
    folder = county_office.folder / "artifacts" / "hindsight"
    before = (
        {path.name: sha256(path) for path in folder.iterdir()},
        sha256(county_office.release() / "report.html"),
    )
    again = county_office.huitou("run", "--set", f"season={NOW}")
    assert county_office.stages_of(again) == []
    for name in ("hindsight", "publish"):
        done = county_office.stage(name, PYTHONHASHSEED="4711")
        assert done.returncode == 0, done.stderr
    after = (
        {path.name: sha256(path) for path in folder.iterdir()},
        sha256(county_office.release() / "report.html"),
    )
    assert after == before


def test_a_correction_that_is_read_back_makes_the_stage_due_and_is_counted(county_office):
    """One officer was wrong about a household of the first township and says so."""
    path = sorted((county_office.folder / "filled").glob("*.xlsx"))[0]
    book = opened(path)
    sheet = book["回头看"]
    row = next(one for one in range(2, 14) if sheet.cell(one, PLACES["result"]).value == "未发现风险")
    sheet.cell(row, PLACES["result"]).value = "风险属实"
    sheet.cell(row, PLACES["note"]).value = CORRECTION
    book.save(path)
    before = table(county_office, "visits").filter(season=THEN).to_dicts()[0]
    assert "lookbacks" not in dvc(county_office, "status", "hindsight").stdout
    done = county_office.huitou("lookback", str(path))
    assert "采纳 accepted 1 " in done.stdout, done.stderr
    assert "lookbacks" in dvc(county_office, "status", "hindsight").stdout
    done = county_office.stage("hindsight")
    assert done.returncode == 0, done.stderr
    after = table(county_office, "visits").filter(season=THEN).to_dicts()[0]
    assert (after["visited"], after["confirmed"]) == (before["visited"], before["confirmed"] + 1)
