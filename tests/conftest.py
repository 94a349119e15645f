"""Tests are shared out over two processes, a file at a time.

What reads the one run of the whole is kept together, as each process would make its own, and
begins first, as it takes longest.
"""

import pytest

WHOLE = "workspace"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        group = WHOLE if WHOLE in item.fixturenames else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: WHOLE not in item.fixturenames)
