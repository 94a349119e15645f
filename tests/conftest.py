"""Tests are shared out over two processes, a file at a time; what takes longest begins first."""

import os

from hypothesis import HealthCheck, settings

# No test asserts a time: a machine with other work to do is no fault of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Tests read what errors say in English, on a machine of any language; those that do not, say so.
os.environ["HUITOU_LANG"] = "en"

#: In this order. The first two each make a run of their own, side by side; who comes after reads the first's.
LONGEST = (
    "tests/end_to_end/test_lifecycle.py",
    "tests/end_to_end/test_hindsight.py",
    "tests/end_to_end",
    "tests/studies/oracle_gap",
)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: [item.nodeid.startswith(path) for path in LONGEST], reverse=True)
