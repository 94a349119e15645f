"""Do the attributed causes name the true ones? Against exact truths, and beside simpler ways.

``python -m studies.fidelity`` (about three CPU minutes) writes docs/fidelity.md. What is true stands
in `studies.fidelity.invented_causes`; the simulated prefecture of the last run is judged too
(`studies.fidelity.prefecture`).

``python -m studies.fidelity naming`` (about four) judges the causes that the product names in that
prefecture: docs/naming.md, and what pages quote of it (`studies.fidelity.naming_study`).

``python -m studies.fidelity --entrant my_file:my_way`` judges a way of yours on the invented
households, beside our trees, prints the table and writes nothing (`studies.fidelity.entrants`).
"""

import argparse
import sys
import time
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from studies.fidelity.entrants import Way, named_way
from studies.fidelity.invented_causes import SCENARIOS
from studies.fidelity.naming_study import study_naming
from studies.fidelity.prefecture import prefecture
from studies.fidelity.report import entrants_table, write_report
from studies.fidelity.scores import Size, judge

REPORT = Path("docs/fidelity.md")


def main() -> None:
    """Judge every scenario and the prefecture, and write the report; or what is asked for by name."""
    parser = argparse.ArgumentParser(prog="python -m studies.fidelity")
    parser.add_argument("study", nargs="?", choices=("naming",), help="another study")
    parser.add_argument("--entrant", metavar="MODULE:FUNCTION", help="a way of yours to judge")
    wanted = parser.parse_args()
    with threadpool_limits(limits=1):
        if wanted.entrant:
            sys.stdout.write(judged_beside(wanted.entrant, named_way(wanted.entrant), Size()))
        elif wanted.study:
            study_naming()
        else:
            _write_page()


def judged_beside(name: str, way: Way, size: Size) -> str:
    """Judge an entrant in every scenario and give the table."""
    cells = {cell: judge(scenario, size, {name: way}) for cell, scenario in SCENARIOS.items()}
    return entrants_table(name, cells)


def _write_page() -> None:
    started = time.process_time()
    judged = {name: judge(scenario, Size()) for name, scenario in SCENARIOS.items()}
    prefecture_tables = prefecture()
    write_report(REPORT, judged, prefecture_tables, time.process_time() - started)


if __name__ == "__main__":
    main()
