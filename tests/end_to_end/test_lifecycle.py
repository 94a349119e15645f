"""A season's life: trained, judged, promoted, delivered by the champion, and the way back."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from register.atomic import read_parquet, sha256, write_parquet
from tests.end_to_end.conftest import COMMAND

LI = ("--by", "Li Wei", "--why", "first of all", "--sign-off", "groups: audited by hand")


#: No bias fails the gates.
BOUNDLESS = {"pooled": 1e9, "season": 1e9, "absolute": 1}
#: Of a run, what the learners made of the rows: the boosters, the logistic member, the scores.
LEARNED = ("member_", "logistic", "scores")


@pytest.fixture(scope="module")
def office(workspace, tmp_path_factory):
    """A copy after its first run; so small a prefecture that its calibration is chance: gates are wide."""
    copy = workspace.copied(tmp_path_factory.mktemp("office") / "huitou")
    copy.change_params(lambda params: params["promotion"].update(bias=BOUNDLESS, slope=[-99, 99]))
    copy.own = manifest(copy)["trained_run"]
    return copy


@pytest.fixture(scope="module")
def promoted(office):
    """Li Wei promotes the season's own model; what stood in the release before."""
    before = hashes(office.release().resolve())
    done = office.huitou("promote", office.own, *LI)
    assert done.returncode == 0, done.stderr
    return before


def manifest(office):
    return json.loads((office.release() / "manifest.json").read_text(encoding="utf-8"))


def hashes(folder):
    return {path.name: sha256(path) for path in folder.rglob("*") if path.is_file()}


def listed(office):
    """Give every run `huitou runs` shows, with its alias."""
    done = office.huitou("runs")
    assert done.returncode == 0, done.stderr
    heads = [line.split("  ") for line in done.stdout.splitlines() if not line.startswith(" ")]
    return {head[0]: head[1] for head in heads}


def test_before_a_promotion_the_seasons_own_model_lists_and_says_so(workspace, office):
    assert "the season's own model, not promoted" in workspace.first.stdout
    delivered = manifest(office)["delivered_by"]
    assert delivered["run"] is None
    assert delivered["not_promoted"] == "no champion for this source, cohort and label yet"
    assert manifest(office)["model_sha256"] == sha256(office.folder / "artifacts/model/final/manifest.json")
    assert listed(office) == {office.own: "challenger"}


def test_the_canaries_of_a_sound_training_pass_and_stand_beside_the_evaluation(office):
    found = pl.read_csv(office.folder / "artifacts/evaluation/tables/canaries.csv")
    assert dict(found.select("canary", "passed").iter_rows()) == dict.fromkeys(
        ["permuted_labels", "scrambled_future", "oversampling", "single_feature", "decided_values"], True
    )


def test_retraining_what_is_trained_computes_nothing_and_is_the_same_run(office):
    done = office.huitou("retrain", "2025Q4")
    assert done.returncode == 0, done.stderr
    assert office.stages_of(done) == []
    assert done.stdout.startswith(f"{office.own}  ")


def test_a_season_with_too_little_history_is_refused_before_anything_runs(office):
    done = office.huitou("retrain", "2023Q2")
    assert done.returncode == 5
    assert done.stderr == (
        "huitou: retrain 2023Q2: 2 as-of dates have closed by then, allowed are 4 or more "
        "(promotion.min_dates); take a later season or an earlier features.first_season\n"
    )


def test_the_champion_lists_from_the_next_run_on_and_no_release_changes(office, promoted):
    before = office.release().resolve()
    assert hashes(before) == promoted
    done = office.huitou("run")
    assert office.stages_of(done) == ["explain", "watchlist", "hindsight", "publish"], done.stderr
    assert f"在用模型 champion {office.own}, 批准 promoted by Li Wei on 20" in done.stdout
    assert hashes(before) == promoted
    delivered = manifest(office)["delivered_by"]
    assert (delivered["run"], delivered["by"], delivered["why"]) == (office.own, "Li Wei", "first of all")
    card = (office.release() / "model_card.md").read_text(encoding="utf-8")
    assert f"champion {office.own}, 批准 promoted by Li Wei on 20" in card
    assert listed(office) == {office.own: "champion"}


@pytest.mark.usefixtures("promoted")
def test_a_killed_retraining_leaves_all_usable_and_trained_again_the_model_is_the_same(office):
    """Another line in the model's file makes training due; the run has learned the same."""
    path = office.folder / "models" / "risk" / "model.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n# touched\n", encoding="utf-8")
    command = [sys.executable, "-c", COMMAND, "retrain", "2025Q4"]
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        busy = subprocess.Popen(
            command, cwd=office.folder, env=office.environment, stderr=nowhere, start_new_session=True
        )
    time.sleep(random.Random(7).uniform(4, 9))
    os.killpg(busy.pid, signal.SIGKILL)
    assert busy.wait() == -signal.SIGKILL
    assert listed(office) == {office.own: "champion"}
    done = office.huitou("retrain", "2025Q4")
    assert done.returncode == 0, done.stderr
    assert "train" in office.stages_of(done)
    assert "explain" not in office.stages_of(done)
    again = office.folder / "runs" / done.stdout.split()[0]
    before = again.with_name(office.own)
    assert again != before
    learned = [path.relative_to(before) for path in before.rglob("*") if path.name.startswith(LEARNED)]
    assert len(learned) == 5
    assert [sha256(again / path) for path in learned] == [sha256(before / path) for path in learned]


def test_a_feature_formed_from_the_label_is_named_and_stops_the_run(office):
    """Somebody puts next year's outcome where the number of shocks should stand."""
    office.change_params(lambda params: params["model"].update(rounds=5))
    cohort = read_parquet(office.folder / "artifacts/model/cohort.parquet")
    told = cohort.select("household_id", "as_of_date", pl.col("label").cast(pl.Float64).alias("leak"))
    for path in (office.folder / "artifacts/features").glob("*.parquet"):
        rows = read_parquet(path).join(told, on=["household_id", "as_of_date"], how="left")
        write_parquet(path, rows.with_columns(months_since_house_check="leak").drop("leak"))
    done = office.stage("train")
    assert done.returncode == 7
    (leaks,) = [line for line in done.stderr.splitlines() if line.startswith("huitou: ")]
    # Not 1.000: the labels trained on are read with the line carried forward, the planted one as it was.
    assert re.match(
        r"huitou: training: something leaks: single_feature \(months_since_house_check 0\.99\d;", leaks
    )
