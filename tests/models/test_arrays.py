import re
from pathlib import Path

import models.arrays

ROOT = Path(__file__).parents[2]
#: The simulator knows no model.
ABOVE = ("models", "watchlists", "pipelines", "studies")


def test_arrays_have_their_names_from_here_alone():
    files = [path for package in ABOVE for path in (ROOT / package).rglob("*.py")]
    named = [path for path in files if re.search(r"^\w+ = NDArray\[", path.read_text("utf-8"), re.MULTILINE)]
    assert named == [Path(models.arrays.__file__)]
