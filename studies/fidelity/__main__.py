"""Do the attributed causes name the true ones? Against exact truths, and beside simpler ways.

Run ``python -m studies.fidelity`` (about ten CPU minutes): writes docs/fidelity.md. What is
true stands in `studies.fidelity.invented_causes`; the simulated prefecture of the last run is
judged too (`studies.fidelity.prefecture`).

``python -m studies.fidelity naming`` (about four) judges the causes that the product names in that
prefecture: docs/naming.md, and what pages quote of it (`studies.fidelity.naming_study`).
"""

import sys
import time
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from studies.fidelity.invented_causes import SCENARIOS
from studies.fidelity.naming_study import study_naming
from studies.fidelity.prefecture import prefecture
from studies.fidelity.report import write_report
from studies.fidelity.scores import Size, judge

REPORT = Path("docs/fidelity.md")


def main() -> None:
    """Judge every scenario and the prefecture, and write the report; or what is asked for by name."""
    if sys.argv[1:] == ["naming"]:
        with threadpool_limits(limits=1):
            study_naming()
        return
    started = time.process_time()
    with threadpool_limits(limits=1):
        judged = {name: judge(scenario, Size()) for name, scenario in SCENARIOS.items()}
        prefecture_tables = prefecture()
    write_report(REPORT, judged, prefecture_tables, time.process_time() - started)


if __name__ == "__main__":
    main()
