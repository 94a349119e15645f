"""What ending help would do, under the model and truly: ``python -m studies.ending_help``.

Called in a folder where `huitou run` of a simulated prefecture has ended; writes docs/ending_help.md
there, or where ``--target`` says.
"""

import argparse
from pathlib import Path

from pipelines.workspace.parameters import load_params
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import HERE, today
from studies.ending_help.comparison import compared
from studies.ending_help.figures import by_measure
from studies.ending_help.report import write_report
from studies.oracle.oracle import pseudonym
from studies.oracle.truth import require_falls


def main() -> None:
    """Compare and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=Path("docs/ending_help.md"), help="the page to write")
    facts = training_facts(HERE)
    require_falls(facts["label"])
    params = load_params()
    rows = compared(HERE, params, pseudonym())
    write_report(parser.parse_args().target, by_measure(rows), params.ending_help, facts["origins"], today())


if __name__ == "__main__":
    main()
