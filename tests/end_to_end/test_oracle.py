"""After a run the models can be held beside the truth of its prefecture."""


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
