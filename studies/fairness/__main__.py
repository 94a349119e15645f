"""Is the list fair to groups at equal true risk, and if not, why? On the last simulated prefecture.

``python -m studies.fairness`` (about two CPU minutes) writes docs/fairness.md, and what reports of
simulated runs quote of it.
"""

from pathlib import Path

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, today
from studies.fairness.cohort import judged_with_truth
from studies.fairness.hidden_figures import write_figures
from studies.fairness.one_line import change_by_classes, with_one_line
from studies.fairness.parts import parts_at_equal_risk
from studies.fairness.report import write_report
from studies.fairness.study import study

REPORT = Path("docs/fairness.md")


def main() -> None:
    """Read the last run, measure, and write the report."""
    params = load_params()
    rows = judged_with_truth(HERE, params)
    findings = study(rows, params.evaluate)
    parts = parts_at_equal_risk(HERE, params, rows, findings.missed)
    listed = with_one_line(HERE, rows)
    by_class = None if listed is None else change_by_classes(listed, params.evaluate)
    write_report(REPORT, findings, parts, params.evaluate.risk_bands, by_class)
    write_figures(findings.hidden, rows["origin"].unique().to_list(), today())


if __name__ == "__main__":
    main()
