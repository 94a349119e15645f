"""The gap between the model and the true risk of the simulated prefecture, taken apart.

Run ``nice -n 10 python -m studies.oracle_gap`` (an hour on a quiet machine, most of it for the ten
times as many households; ``--times 4`` takes less): writes docs/oracle_gap.md. Every prefecture is
run in a workspace of its own (`studies.oracle_gap.runs`), and one that was run is kept.
"""

import argparse
from pathlib import Path

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from studies.oracle_gap.comparison import measure
from studies.oracle_gap.report import write_report

REPORT = Path("docs/oracle_gap.md")


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="how many times the households to learn from")
    parser.add_argument(
        "--folder", type=Path, default=HERE.artifacts / "oracle_gap", help="of the workspaces"
    )
    chosen = parser.parse_args()
    write_report(REPORT, measure(chosen.folder, load_params(), chosen.times))


if __name__ == "__main__":
    main()
