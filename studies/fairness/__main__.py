"""Is the list fair to groups at equal true risk, and if not, why? On the last simulated prefecture.

``python -m studies.fairness`` (about two CPU minutes) writes docs/fairness.md, and what reports of
simulated runs quote of it. ``--seeds 20260201 20260202`` (about eight CPU minutes a seed) instead runs
other prefectures, each in a workspace of its own where it is kept, and writes docs/fairness_seeds.md:
what lines of classes change where nothing was chosen.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, code_commit, today
from studies.fairness.cohort import judged_with_truth
from studies.fairness.hidden_figures import write_figures
from studies.fairness.one_line import change_by_classes, with_one_line
from studies.fairness.parts import parts_at_equal_risk
from studies.fairness.report import write_report
from studies.fairness.seed_figures import changes_by_seed
from studies.fairness.seed_page import write_seeds
from studies.fairness.seeds import judged_of_seed
from studies.fairness.study import study

REPORT, SEEDS = Path("docs/fairness.md"), Path("docs/fairness_seeds.md")


def main() -> None:
    """Measure the last run, or other seeds, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[], help="of other prefectures")
    parser.add_argument(
        "--folder", type=Path, default=HERE.artifacts / "fairness", help="of their workspaces"
    )
    chosen = parser.parse_args()
    if chosen.seeds:
        write_other_seeds(chosen.seeds, chosen.folder)
    else:
        write_last_run()


def write_other_seeds(numbers: Sequence[int], folder: Path) -> None:
    """Run prefectures of other seeds and write what lines of classes change there."""
    params = load_params()
    seeds = [judged_of_seed(one, folder / f"seed{one}", params) for one in numbers]
    made, evaluation = params.simulator, params.evaluate
    size = made.counties, made.households_per_county
    write_seeds(SEEDS, changes_by_seed(seeds, evaluation), size, evaluation.bootstrap, code_commit())


def write_last_run() -> None:
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
