import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.evaluation.equal_risk import equal_risk_gap, risk_bands

RISKS = st.lists(st.sampled_from([0.01, 0.02, 0.1, 0.3, 0.9]), min_size=1, max_size=60).map(np.array)


def risk_of(band):
    """A risk that rises with the band."""
    return (band + 1) * 0.2


@settings(max_examples=50)
@given(RISKS, st.integers(1, 8))
def test_bands_rise_with_risk_and_equal_risks_share_one(risk, bins):
    bands = risk_bands(risk, bins)
    assert bands.min() == 0
    assert bands.max() < bins
    order = np.argsort(risk, kind="stable")
    assert (np.diff(bands[order]) >= 0).all()
    for one in np.unique(risk):
        assert len(set(bands[risk == one])) == 1


def test_the_last_band_holds_few_households_where_risk_is_rare():
    bands = risk_bands(np.r_[np.full(90, 0.01), np.full(1, 0.9)], 2)
    assert np.bincount(bands).tolist() == [90, 1]


@settings(max_examples=50)
@given(st.integers(0, 10_000))
def test_a_list_that_goes_by_risk_band_alone_treats_every_group_alike(seed):
    generator = np.random.default_rng(seed)
    band, own = generator.integers(0, 4, 200), generator.random(200) < 0.3
    listed = np.array([0.0, 0.2, 0.5, 1.0])[band]
    assert equal_risk_gap(listed, risk_of(band), band, own, ~own).value == pytest.approx(0.0, abs=1e-12)


def test_the_gap_is_within_bands_and_not_that_of_the_whole():
    """The group is poorer and listed more often; of equal risk it is listed half as often."""
    band = np.array([0] * 10 + [1] * 10)
    own = np.array([True] * 2 + [False] * 8 + [True] * 8 + [False] * 2)
    listed = np.where(band == 1, np.where(own, 0.5, 1.0), 0.0)
    assert equal_risk_gap(listed, risk_of(band), band, own, ~own).value == pytest.approx(
        -0.5 * 8 * 0.4 / (8 * 0.4 + 2 * 0.2)
    )
    assert listed[own].mean() > listed[~own].mean()


def test_the_influence_is_the_derivative_by_a_households_weight():
    generator = np.random.default_rng(3)
    band, own = generator.integers(0, 3, 60), generator.random(60) < 0.4
    listed = (generator.random(60) < 0.5).astype(float)
    figure = equal_risk_gap(listed, risk_of(band), band, own, ~own)
    assert figure.part.sum() == pytest.approx(0.0, abs=1e-9)
    for twice in (0, 7, 31):
        again = np.r_[np.tile(np.arange(60), 2000), twice]
        more = equal_risk_gap(listed[again], risk_of(band)[again], band[again], own[again], ~own[again]).value
        assert (more - figure.value) * 2000 == pytest.approx(figure.part[twice] / 60, abs=2e-4)


def test_a_group_without_anybody_to_hold_it_against_has_no_gap():
    one = np.ones(3)
    assert np.isnan(equal_risk_gap(one, one, np.zeros(3, int), one == 1, one == 0).value)
