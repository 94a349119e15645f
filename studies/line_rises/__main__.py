"""Whether risks come true for any rise of the line, whatever the line did before.

Run ``python -m studies.line_rises`` after `huitou run` (half a minute of CPU a season): writes
docs/line_rises.md. Made-up incomes do not depend on the line, so what a season's households would have
come to under another rise is known.
"""

from pathlib import Path

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, code_commit
from studies.line_rises.figures import judged_rises
from studies.line_rises.page import write_page
from studies.line_rises.seasons import read_seasons

PAGE = Path("docs/line_rises.md")


def main() -> None:
    """Judge every season of the run for every rise and write the page."""
    params = load_params()
    judged = judged_rises(read_seasons(HERE, params), params.evaluate)
    write_page(PAGE, judged, params.season, code_commit())


if __name__ == "__main__":
    main()
