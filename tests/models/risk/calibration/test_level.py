"""A year of crisis, and how far its level is carried on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.level import level, pooled_with_all_years
from models.risk.calibration.line import Identity, Line

GENERATOR = np.random.default_rng(7)
RAW = GENERATOR.normal(-2, 1, 4000)
CRISIS = (GENERATOR.random(4000) < expit(RAW + 1)).astype(np.int64)
YEAR = Calibration(Line(0.9, 0.3), 4000, int(CRISIS.sum()))


def mean_risk(calibration):
    return expit(calibration.margin(RAW)).mean()


@given(st.floats(0.001, 0.999), st.floats(0.2, 3))
def test_at_the_level_risks_are_as_many_as_came(share, slope):
    assert expit(slope * RAW + level(RAW, slope, share)).mean() == pytest.approx(share, abs=1e-9)


def test_believed_whole_the_year_is_met():
    assert mean_risk(pooled_with_all_years(YEAR, RAW, CRISIS, CRISIS, 1.0)) == pytest.approx(CRISIS.mean())


def test_not_believed_at_all_the_members_are_taken_at_their_word():
    read = pooled_with_all_years(YEAR, RAW, CRISIS, CRISIS, 0.0)
    assert read.map.slope == 1
    assert read.map.intercept == pytest.approx(0, abs=1e-9)


@given(st.floats(0, 1))
def test_half_believed_lies_between(weight):
    read = pooled_with_all_years(YEAR, RAW, CRISIS, CRISIS, weight)
    assert expit(RAW).mean() - 1e-9 <= mean_risk(read) <= CRISIS.mean() + 1e-9
    assert read.n_rows == YEAR.n_rows


def test_a_higher_line_is_followed_whole_however_little_the_year_is_believed():
    """Were the line higher, a tenth more would have fallen: a fact of the rule, not of the year."""
    higher = np.where(GENERATOR.random(4000) < 0.1, 1, CRISIS)
    same, risen = (pooled_with_all_years(YEAR, RAW, CRISIS, stated, 0.0) for stated in (CRISIS, higher))
    moved = mean_risk(risen) / mean_risk(same)
    assert moved > 1.15
    of_all = expit(level(RAW, 1.0, higher.mean()) - level(RAW, 1.0, CRISIS.mean()) + RAW).mean()
    assert mean_risk(risen) == pytest.approx(of_all)


def test_rows_that_all_members_had_seen_say_nothing():
    half = np.where(np.arange(4000) % 2, np.nan, RAW)
    read = pooled_with_all_years(YEAR, half, CRISIS, CRISIS, 1.0)
    kept = RAW[::2]
    assert expit(read.margin(kept)).mean() == pytest.approx(CRISIS[::2].mean())
    assert pooled_with_all_years(YEAR, np.full(4000, np.nan), CRISIS, CRISIS, 0.5) == YEAR


def test_what_is_no_line_is_given_back():
    unread = Calibration(Identity(), note="identity: 3 of 9 later rows positive")
    assert pooled_with_all_years(unread, RAW, CRISIS, CRISIS, 0.5) == unread
