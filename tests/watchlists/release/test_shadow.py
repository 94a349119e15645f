"""A shadow holds what the release itself promises, and the limits of that day."""

import json
from datetime import date
from math import sqrt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.shadow import LINES
from register.atomic import sha256
from tests.parameters import parameters
from tests.watchlists.handed_out import released
from watchlists.release.shadow import Shadow, promises, shadow_of
from watchlists.release.store import MANIFEST

PARAMS = parameters()


def listed(*risks):
    return pl.DataFrame({"risk": list(risks), "main_cause": [None] * len(risks)})


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_a_list_promises_the_mean_of_its_risks_within_an_interval_of_shares(risks):
    one = promises(listed(*risks), listed(*risks))
    assert 0 <= one["precision_low"] <= one["precision"] + 1e-6
    assert one["precision"] <= one["precision_high"] + 1e-6 <= 1 + 1e-6
    assert one["precision"] == pytest.approx(sum(risks) / len(risks), abs=1e-6)


def test_the_interval_is_that_of_independent_falls():
    one = promises(listed(*[0.5] * 100), listed(*[0.5] * 100))
    assert one["precision_high"] - one["precision"] == pytest.approx(1.96 * sqrt(0.25 / 100), abs=1e-4)


def test_a_shadow_names_its_release_and_holds_the_gates_of_the_day(tmp_path):
    release = released(tmp_path, "H1", "H2", risk=0.4)
    shadow = shadow_of(
        release, PARAMS.hindsight.shadow, PARAMS.promotion, date(2026, 1, 5), date(2025, 12, 31)
    )
    assert (shadow.season, shadow.release) == ("2025Q4", release.folder.name)
    assert shadow.manifest_sha256 == sha256(release.folder / MANIFEST)
    assert (shadow.written_on, shadow.known_until) == ("2026-01-05", "2025-12-31")
    assert shadow.closes_on == "2027-03-31"
    assert tuple(shadow.limits) == LINES
    assert shadow.limits["slope"] == PARAMS.promotion.slope
    assert shadow.limits["groups"] == (None, PARAMS.promotion.group_gap)
    assert shadow.limits["precision"] == (shadow.promised["precision_low"], None)
    assert shadow.promised["precision"] == pytest.approx(0.4)
    again = Shadow(**json.loads(json.dumps(shadow.written())))
    assert again.written() == json.loads(json.dumps(shadow.written())) != {}
