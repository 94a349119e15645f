"""The generated pages are those of today's declarations."""

from pathlib import Path

import pytest

from pipelines.docs import PAGES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_generated_page_is_not_stale(path):
    assert (ROOT / path).read_text(encoding="utf-8") == PAGES[path](), f"{path} is stale: run make docs"
