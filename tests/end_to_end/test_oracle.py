"""After a run the models can be held beside the truth of its prefecture."""

import pytest

from studies.fidelity.prefecture import CHANGED, COMMONEST, LEARNED, prefecture
from studies.fidelity.scores import BLEND, CAUSE, LOGISTIC


def test_the_oracle_and_the_models_rank_the_same_households(workspace):
    done = workspace.huitou("oracle")
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith("| ")]
    ranked = {cells[1].strip(): cells for cells in rows}
    assert {"risk", "told_risk", "risk_model", "logistic", "income_over_line", "medical_payment"} <= set(
        ranked
    )
    assert len({ranked[name][2] for name in ("risk", "told_risk", "risk_model")}) == 1
    assert float(ranked["told_risk"][4]) > 0.6


def test_the_truth_is_not_in_the_register(workspace):
    register = workspace.folder / "artifacts" / "register"
    assert not [path for path in register.rglob("*") if path.stem in ("risk", "falls", "resources")]


def test_main_causes_are_held_beside_those_that_made_households_fall(workspace, monkeypatch):
    monkeypatch.chdir(workspace.folder)
    monkeypatch.setenv("HOME", workspace.environment["HOME"])
    found, causes = prefecture()
    households = found.loc["households"]
    apart = ["at work by then", "came later", "without a shock"]
    assert households["top-1, all"] == sum(households[f"top-1, {one}"] for one in apart)
    shares = found.drop(index="households").stack()
    assert shares.dropna().between(0, 1).all()
    assert causes["first true cause"].sum() == pytest.approx(1)
    assert {CAUSE, BLEND, LOGISTIC, CHANGED, LEARNED, COMMONEST} <= set(found.index)
