from datetime import date

import pytest

from studies.fairness.hidden_figures import write_figures
from studies.fairness.study import study
from tests.parameters import parameters
from tests.studies.fairness.rows import judged_with_truth
from watchlists.report.hidden_poor import hidden_poor


def test_pages_quote_what_the_study_measured_of_everybody(tmp_path):
    rows = judged_with_truth()
    findings = study(rows, parameters({"evaluate.bootstrap": 20, "evaluate.risk_bands": 10}).evaluate)
    target = tmp_path / "hidden_poor.yaml"
    write_figures(findings.hidden, ["2024Q2", "2024Q1"], date(2026, 11, 30), target)
    quoted = hidden_poor(target)
    assert quoted.seasons == ("2024Q1", "2024Q2")
    assert quoted.coming == pytest.approx(rows["risk"].sum(), abs=2.6)
    assert quoted.recorded == pytest.approx(rows["told_risk"].sum(), abs=2.6)
    assert 0 < quoted.reached.coming < quoted.reached.recorded < 1
