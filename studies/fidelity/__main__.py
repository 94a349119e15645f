"""Do the attributed causes name the true ones? Against exact truths, and beside simpler ways.

``python -m studies.fidelity`` (about three CPU minutes) writes docs/fidelity.md. What is true stands
in `studies.fidelity.invented_causes`; the simulated prefecture of the last run is judged too
(`studies.fidelity.prefecture`).

``python -m studies.fidelity --entrant my_file:my_way`` judges a way of yours on the invented
households, beside those of `studies.fidelity.entrants`, prints the table and writes nothing.
"""

import argparse
import sys
import time
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from studies.fidelity.entrants import ENTRANTS, Way, named_way
from studies.fidelity.invented_causes import SCENARIOS
from studies.fidelity.prefecture import prefecture
from studies.fidelity.report import entrants_table, write_report
from studies.fidelity.scores import Size, judge

REPORT = Path("docs/fidelity.md")


def main() -> None:
    """Judge every scenario and the prefecture and write the report; or print what an entrant gets."""
    parser = argparse.ArgumentParser(prog="python -m studies.fidelity", description=__doc__)
    parser.add_argument("--entrant", metavar="MODULE:FUNCTION", help="a way of yours to judge")
    address = parser.parse_args().entrant
    with threadpool_limits(limits=1):
        if address:
            sys.stdout.write(judged_beside(address, named_way(address), Size()))
        else:
            _write_page()


def judged_beside(name: str, way: Way, size: Size) -> str:
    """Judge an entrant in every scenario and give the table, it first."""
    cells = {cell: judge(scenario, size, {name: way, **ENTRANTS}) for cell, scenario in SCENARIOS.items()}
    return entrants_table(name, cells)


def _write_page() -> None:
    started = time.process_time()
    judged = {name: judge(scenario, Size()) for name, scenario in SCENARIOS.items()}
    prefecture_tables = prefecture()
    write_report(REPORT, judged, prefecture_tables, time.process_time() - started)


if __name__ == "__main__":
    main()
