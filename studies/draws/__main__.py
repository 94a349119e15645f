"""How far the default run's figures move with the draw.

Run ``nice -n 10 python -m studies.draws`` after `huitou run` (about four minutes of CPU a key, two
processes of 2 GiB at the most one after the other): writes docs/draws.md. Every key is tried in a
workspace of its own; one that was tried with the same register and parameters is kept.
"""

import argparse
from pathlib import Path

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE, code_commit
from studies.draws.figures import drawn
from studies.draws.page import write_page
from studies.draws.runs import tried

PAGE = Path("docs/draws.md")


def main() -> None:
    """Train and judge under every key and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=5, help="how many other keys, one at least")
    parser.add_argument("--folder", type=Path, default=HERE.artifacts / "draws", help="of the workspaces")
    chosen = parser.parse_args()
    params, made = load_params(), range(max(chosen.keys, 1))
    others = [tried(HERE, chosen.folder / f"key{number}", number, params) for number in made]
    write_page(PAGE, drawn(HERE, others), params.season, code_commit())


if __name__ == "__main__":
    main()
