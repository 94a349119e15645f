"""`huitou promote` and `huitou demote`: gates that hold, signatures that are kept, a way back."""

import shutil
import sys

import pytest

from models.registry.gates import SIGNABLE
from pipelines.workspace.champion import championship_of, delivery_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import sha256
from tests.pipelines.trained import trained
from tests.watchlists.handed_out import released

LI = ("--by", "Li Wei", "--why", "steadier in the mountains")

#: By gate: what spoils a run, and the line it is refused with.
FAILING = {
    "bias": (
        {"relative_bias_came": -0.101},
        (
            "bias: found mean risk -10.1% off for the rise of the line that came, +5.0% for the rise "
            "assumed, bias +0.005 and +0.010 on 400 household-seasons, 80 of which fell; allowed: 10% either "
            "way for the rise that came, bias 0.02 for both; mend the calibration"
        ),
    ),
    "seasons": (
        {"by_season": None},
        (
            "seasons: found the run has no calibration by season; allowed: 25% either way in every season, "
            "for the rise of the line that came; train that season again (huitou retrain SEASON)"
        ),
    ),
    "slope": (
        {"slope": None},
        (
            "slope: found slope unknown, 1.040 for the rise of the line that came on 400 household-seasons, "
            "80 of which fell; allowed: 0.9 to 1.1; mend the calibration"
        ),
    ),
    "history": (
        {"n_dates": 3},
        (
            "history: found trained on 3 closed as-of dates; allowed: at least 4; "
            "begin features.first_season earlier or wait until more seasons have closed"
        ),
    ),
    "canaries": (
        {"failing": ["permuted_labels"]},
        (
            "canaries: found failed ['permuted_labels'], not tried []; allowed: all pass; "
            "read canaries.json in the run's folder and mend what it names"
        ),
    ),
    "groups": (
        {"groups": None},
        (
            "groups: found the run has no audit by group; allowed: recall at capacity differs by at most 5% "
            'between groups; find the remedy, or sign off with --sign-off "groups: REASON"'
        ),
    ),
    "leak": (
        {"auc": 0.94},
        (
            "leak: found AUC all 0.940, AUC return 0.780; allowed: all up to 0.93, return up to 0.93; "
            'look for the leak; if there is none, sign off with --sign-off "leak: AUDIT NOTE"'
        ),
    ),
}


@pytest.fixture(autouse=True)
def no_mlflow(monkeypatch):
    """Promotion works where MLflow is absent."""
    monkeypatch.setitem(sys.modules, "mlflow", None)


def champion():
    told = delivery_of(HERE, load_params()).champion
    return told and told["run"]


def test_before_the_first_promotion_the_seasons_own_model_delivers(office):
    trained()
    delivery = delivery_of(HERE, load_params())
    assert delivery.folder.as_posix() == "artifacts/model/final"
    assert delivery.sentence == (
        "本季模型，未经批准 the season's own model, not promoted: "
        "no champion for this source, cohort and label yet"
    )


def test_a_run_that_passes_every_gate_becomes_champion_and_every_outcome_is_kept(office, huitou, capsys):
    run = trained()
    assert huitou("promote", run.name, *LI) == 0
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()[:8]] == ["通过"] * 8
    assert said.out.splitlines()[8] == f"在用 champion: {run.name}（此前 before: -）"
    assert said.err == "warning: not tracked: MLflow: ModuleNotFoundError; nothing waits for it\n"
    (decision,) = championship_of(HERE, load_params()).decisions()
    assert (decision["action"], decision["by"], decision["why"]) == ("promoted", LI[1], LI[3])
    assert [one["gate"] for one in decision["gates"] if one["passed"]] == [
        *("history", "champion", "bias", "seasons", "slope", "groups", "canaries", "leak")
    ]
    assert delivery_of(HERE, load_params()).facts == {
        "model_sha256": run.model_digest,
        "delivered_by": {
            "run": run.name,
            "by": LI[1],
            "at": decision["at"],
            "why": LI[3],
            "not_promoted": "",
            "order": "",
            "is_foreign": False,
        },
    }


@pytest.mark.parametrize("gate", FAILING)
def test_a_run_that_fails_a_gate_is_refused_in_one_line_and_the_refusal_is_kept(office, huitou, capsys, gate):
    changes, line = FAILING[gate]
    run = trained(**changes)
    assert huitou("promote", run.name, *LI) == 5
    assert capsys.readouterr().err.splitlines() == [
        f"huitou: {run.name}: not promoted, gates not passed: 1",
        line,
    ]
    assert champion() is None
    (decision,) = championship_of(HERE, load_params()).decisions()
    assert decision["action"] == "refused"
    assert [one["gate"] for one in decision["gates"] if not one["passed"]] == [gate]
    signed = huitou("promote", run.name, *LI, "--sign-off", f"{gate}: looked into it")
    assert signed == (0 if gate in SIGNABLE else 2)


def test_a_signature_is_kept_with_its_reason_and_shown(office, huitou, capsys):
    run = trained(auc=0.95)
    assert huitou("promote", run.name, *LI, "--sign-off", "leak: audit 7,\n no leak") == 0
    assert "Li Wei 签字 signed off: audit 7, no leak" in capsys.readouterr().out
    (leak,) = (
        one for one in championship_of(HERE, load_params()).decisions()[0]["gates"] if one["gate"] == "leak"
    )
    assert (leak["passed"], leak["signed"]) == (True, "audit 7, no leak")


@pytest.mark.parametrize("sign_off", ["bias: it is fine", "groups", "groups: ", "all: yes"])
def test_no_signature_passes_another_gate_or_goes_without_a_reason(office, huitou, capsys, sign_off):
    assert huitou("promote", trained().name, *LI, "--sign-off", sign_off) == 2
    assert capsys.readouterr().err.splitlines() == [
        (
            f'huitou: --sign-off {sign_off!r}: allowed is "gate: reason" for the gates groups, leak; '
            "the others have to pass"
        ),
    ]


def test_nobody_decides_without_a_name_and_a_reason(office, huitou, capsys):
    run = trained()
    assert huitou("promote", run.name, "--by", " ", "--why", "good") == 2
    assert capsys.readouterr().err.splitlines() == [
        "huitou: --by and --why: found nothing, allowed are a name and a reason; both are kept"
    ]


def test_a_run_that_finds_less_at_capacity_than_the_champion_is_refused(office, huitou, capsys):
    """48 visits a season and all in reach: the champion's find a fallen household far more often."""
    huitou("promote", trained(skill=3.0).name, *LI)
    worse = trained(season="2026Q1", skill=0.0)
    capsys.readouterr()
    assert huitou("promote", worse.name, *LI) == 5
    (_, line) = capsys.readouterr().err.splitlines()
    assert line.startswith("champion: found ")
    assert " of 96 visits find households that fell, the champion's " in line
    assert line.endswith("keep the champion, or find out what the new run lost")


def test_runs_that_share_no_judged_season_are_not_compared(office, huitou, capsys):
    huitou("promote", trained(origins=("2023Q1",)).name, *LI)
    capsys.readouterr()
    assert huitou("promote", trained(season="2026Q1").name, *LI) == 5
    assert capsys.readouterr().err.splitlines()[1] == (
        "champion: found no season was judged for both; allowed: the interval stays above -2.0%; judge more "
        "seasons (huitou retrain SEASON --set evaluate.origins=N), then promote that run"
    )


def test_a_champion_that_steps_down_makes_way_for_the_one_before_and_then_for_none(office, huitou, capsys):
    first, second = trained(), trained(season="2026Q1", skill=2.5)
    for run in (first, second):
        assert huitou("promote", run.name, *LI) == 0
    assert huitou("demote", first.name, *LI) == 5
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"huitou: {first.name}: is no champion; huitou runs shows who is"
    )
    shutil.rmtree(second.folder)  # even a champion that is lost can step down
    assert huitou("demote", second.name, *LI) == 0
    assert champion() == first.name
    assert huitou("demote", first.name, *LI) == 0
    assert champion() is None


def test_the_champion_itself_is_not_promoted_again(office, huitou, capsys):
    run = trained()
    huitou("promote", run.name, *LI)
    capsys.readouterr()
    assert huitou("promote", run.name, *LI) == 5
    assert capsys.readouterr().err == f"huitou: {run.name}: is the champion already; nothing to promote\n"


def test_an_unknown_or_damaged_run_is_refused(office, huitou, capsys):
    run = trained()
    assert huitou("promote", "2025Q4-00000000", *LI) == 5
    assert huitou("promote", "../releases", *LI) == 5
    (run.folder / "scores.parquet").write_bytes(b"")
    assert huitou("promote", run.name, *LI) == 6
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"huitou: {run.folder}/scores.parquet: missing or changed since the run was recorded; remove "
        f"{run.folder}, then train that season again (huitou retrain SEASON), which makes the same run"
    )


def test_a_promotion_changes_no_release(office, huitou):
    folder = released(office).folder
    before = {path: sha256(path) for path in folder.rglob("*") if path.is_file()}
    assert huitou("promote", trained().name, *LI) == 0
    assert {path: sha256(path) for path in folder.rglob("*") if path.is_file()} == before


def test_a_refusal_leaves_what_stages_depend_on_as_it_was(office, huitou):
    huitou("promote", trained().name, *LI)
    before = {path.name: path.read_bytes() for path in (office / "runs" / "champion").iterdir()}
    assert huitou("promote", trained(season="2026Q1", bias=0.5).name, *LI) == 5
    assert {path.name: path.read_bytes() for path in (office / "runs" / "champion").iterdir()} == before
