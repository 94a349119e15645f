"""Draw what officers hold: ``python -m pipelines.pictures FOLDER`` (`make pictures`).

In a workspace with a release; of its first township, in both languages, without names.
"""

import argparse
import sys
from pathlib import Path

from pipelines.pictures.drawing import draw
from pipelines.workspace.stage import one_line


def main() -> None:
    """Draw into the folder and name the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder")
    with one_line():
        sys.stdout.writelines(f"{path}\n" for path in draw(parser.parse_args().folder))


if __name__ == "__main__":
    main()
