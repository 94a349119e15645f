import re
from pathlib import Path

import models.keys

ROOT = Path(__file__).parents[2]
ABOVE = ("models", "watchlists", "pipelines", "studies")


def test_the_keys_of_a_row_are_named_here_alone():
    files = [
        path
        for package in ("models", "watchlists", "pipelines", "studies")
        for path in (ROOT / package).rglob("*.py")
    ]
    named = [path for path in files if re.search(r"^KEYS = ", path.read_text("utf-8"), re.MULTILINE)]
    assert named == [Path(models.keys.__file__)]
