import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from models.risk.calibration.class_lines import (
    AS_IT_IS,
    ClassLines,
    LateMargins,
    RowLines,
    fit_class_lines,
)
from models.risk.calibration.classes import CLASSES
from models.risk.calibration.level import level
from models.risk.calibration.line import Line
from models.risk.calibration.maps import fit_map


def households(slopes=(1.0, 0.6, 1.4, 1.0, 1.0), levels=(0.0, 0.0, 0.0, 0.0, -0.8), n=20000):
    """Households of five classes; what a margin means differs by class as `slopes` and `levels` say."""
    generator = np.random.default_rng(0)
    raw, classes = generator.normal(-1, 1.5, n), generator.integers(0, 5, n)
    label = generator.random(n) < expit(np.take(slopes, classes) * raw + np.take(levels, classes))
    return raw, label.astype(np.int64), classes


def fitted(raw, label, classes, part, least=50):
    """Fit as a training does, with members that say the same before and after they saw the year."""
    return fit_class_lines(LateMargins(raw, raw, label), classes, part, least)


def test_believed_wholly_every_class_is_read_by_its_own_line():
    raw, label, classes = households()
    lines = fitted(raw, label, classes, 1.0)
    read = fit_map(raw, label).margin(lines.of_rows(classes).margin(raw))
    for number in range(5):
        own = classes == number
        wanted = fit_map(raw[own], label[own]).margin(raw[own])
        np.testing.assert_allclose(read[own], wanted, rtol=0, atol=1e-9)


def test_believed_half_a_line_lies_half_way():
    raw, label, classes = households()
    whole, half = (fitted(raw, label, classes, part).lines for part in (1.0, 0.5))
    for name in CLASSES:
        assert half[name].slope == pytest.approx((whole[name].slope + 1) / 2)
        assert half[name].intercept == pytest.approx(whole[name].intercept / 2)


def test_a_class_whose_margins_say_too_little_gets_a_steeper_line():
    lines = fitted(*households(), 0.5).lines
    assert lines["2-3"].slope < 1 < lines["4-5"].slope
    assert lines["elderly_only"].intercept < -0.2


def test_not_believed_at_all_nobody_is_read_apart():
    assert fitted(*households(), 0.0) == ClassLines()


def test_a_class_with_few_who_fell_is_read_as_it_is():
    """Of large families three fell."""
    raw, label, classes = households()
    label[(classes == 3) & (np.cumsum((classes == 3) & (label == 1)) > 3)] = 0
    assert "6+" not in fitted(raw, label, classes, 0.5).lines
    assert "2-3" in fitted(raw, label, classes, 0.5).lines


def test_a_class_that_runs_against_the_margin_is_read_as_it_is():
    raw, label, classes = households(slopes=(1.0, 1.0, -1.0, 1.0, 1.0))
    assert "4-5" not in fitted(raw, label, classes, 0.5).lines


def test_where_everybody_runs_against_the_margin_nobody_is_read_apart():
    raw, label, classes = households(slopes=(-1.0,) * 5)
    assert fitted(raw, label, classes, 0.5) == ClassLines()


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=20, unique=True), st.floats(0.05, 1.0))
def test_within_a_class_the_order_of_households_stays(raw, part):
    lines = fitted(*households(n=3000), part, 20)
    for number in range(5):
        read = lines.of_rows(np.full(len(raw), number)).margin(np.sort(raw))
        assert (np.diff(read) >= 0).all()


def test_a_household_of_no_class_is_read_as_it_is():
    lines = ClassLines({"1": Line(2.0, 1.0)})
    assert lines.of_rows(np.array([-1, 0, 4])).margin(np.ones(3)).tolist() == [1.0, 3.0, 1.0]
    assert AS_IT_IS.margin(np.ones(1)).tolist() == [1.0]


def test_members_side_by_side_are_each_read_by_the_line_of_their_row():
    lines = RowLines(np.array([2.0, 1.0]), np.array([0.0, 1.0]))
    assert lines.margin(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])).tolist() == [[2, 4, 6], [5, 6, 7]]


def test_the_level_of_a_class_is_that_of_the_delivered_members():
    """Members that have seen the year say the right level of the old already; the level counts once."""
    raw, label, classes = households()
    old = classes == 4
    unseen = np.where(old, raw - 0.8, raw)
    line = fit_class_lines(LateMargins(raw, unseen, label), classes, 1.0, 50).lines["elderly_only"]
    slope = fit_map(raw, label).slope
    of_all = Line(slope, level(unseen, slope, label.mean()))
    risk = expit(of_all.margin(line.margin(unseen[old])))
    assert risk.mean() == pytest.approx(label[old].mean(), abs=1e-9)


def test_rows_that_were_not_judged_fit_no_slope_and_the_others_fit_the_same():
    raw, label, classes = households()
    apart = np.where(np.arange(len(raw)) < 10000, raw, np.nan)
    lines = fit_class_lines(LateMargins(apart, raw, label), classes, 1.0, 50).lines
    judged = np.isfinite(apart)
    of_all, own = (fit_map(raw[rows], label[rows]) for rows in (judged, judged & (classes == 1)))
    assert lines["2-3"].slope == pytest.approx(own.slope / of_all.slope)


def test_lines_come_back_as_they_were_stored():
    lines = fitted(*households(), 0.5)
    assert ClassLines.from_dict(lines.to_dict()) == lines
    assert ClassLines.from_dict({}) == ClassLines()
