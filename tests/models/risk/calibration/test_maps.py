import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit

from models.risk.calibration.bends import Beta, Isotonic
from models.risk.calibration.line import Identity, fit_line
from models.risk.calibration.map import CalibrationMap
from models.risk.calibration.maps import MAPS, fit_map, map_from_dict
from models.training.selection import log_losses
from register.errors import StoreError


def past(n=3000, seed=0, bend=lambda margin: margin):
    """Raw margins and what happened, whose true log-odds are a bend of them."""
    generator = np.random.default_rng(seed)
    raw = generator.normal(-1, 1.5, n)
    return raw, (generator.random(n) < expit(bend(raw))).astype(np.int64)


FITTED = {name: fit_map(*past(400), name) for name in MAPS}


@pytest.mark.parametrize("name", MAPS)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=5)
def test_every_map_gives_risks_that_rise_with_the_margin(name, seed):
    raw, label = past(400, seed)
    asked = np.linspace(-8, 8, 200)
    risk = expit(fit_map(raw, label, name).margin(asked))
    assert ((risk >= 0) & (risk <= 1)).all()
    assert (np.diff(risk) >= -1e-9).all()


@pytest.mark.parametrize("name", ["line", "beta", "isotonic", "venn_abers"])
def test_every_fitted_map_brings_the_mean_risk_to_the_rate(name):
    raw, label = past(bend=lambda margin: 0.6 * margin - 1)
    assert expit(fit_map(raw, label, name).margin(raw)).mean() == pytest.approx(label.mean(), abs=0.01)
    assert abs(expit(raw).mean() - label.mean()) > 0.05


def test_beta_is_the_line_where_both_sides_weigh_alike():
    raw, label = past(20_000, bend=lambda margin: 0.7 * margin + 0.2)
    slope, intercept = fit_line(raw, label, np.ones(len(raw)))
    assert expit(Beta.fit(raw, label).margin(raw)) == pytest.approx(expit(slope * raw + intercept), abs=0.02)


def test_beta_follows_a_bend_that_no_line_follows():
    raw, label = past(20_000, bend=lambda margin: np.where(margin > 0, 0.2 * margin, 2 * margin))
    loss = {
        name: log_losses(fit_map(raw, label, name).margin(raw), label).mean() for name in ("line", "beta")
    }
    assert loss["beta"] < loss["line"] - 0.002


def test_isotonic_is_never_certain():
    raw = np.array([-2.0, -1, 1, 2])
    margin = Isotonic.fit(raw, np.array([0, 0, 1, 1])).margin(np.array([-9.0, 9]))
    assert expit(margin) == pytest.approx([1 / 6, 5 / 6])


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_read_back_as_it_was_stored(name):
    fitted = fit_map(*past(200), name)
    assert map_from_dict(json.loads(json.dumps(fitted.to_dict()))) == fitted


def test_a_map_stored_before_maps_had_names_is_a_line():
    assert map_from_dict({"slope": 0.5, "intercept": 1.0}).margin(np.array([2.0])).tolist() == [2.0]


def test_a_map_of_another_code_is_refused():
    with pytest.raises(StoreError) as refused:
        map_from_dict({"name": "spline"})
    assert str(refused.value) == (
        "calibration: found spline, allowed are identity, line, beta, isotonic, venn_abers; read it with the "
        "code that stored it"
    )


@pytest.mark.parametrize("name", MAPS)
def test_no_map_is_followed_against_the_margin(name):
    raw, label = past(bend=lambda margin: -margin)
    fitted = fit_map(raw, label, name)
    assert fitted == Identity()


@pytest.mark.parametrize("name", MAPS)
@given(parts=arrays(np.float64, (3, 4), elements=st.floats(-3, 3)), base=st.floats(-3, 3))
@settings(max_examples=25)
def test_split_parts_add_up_to_the_calibrated_margin_and_keep_their_sides(name, parts, base):
    fitted = FITTED[name]
    start, shares = fitted.split(np.full(3, base), parts)
    whole = fitted.margin(base + parts.clip(min=0).sum(axis=1) + parts.clip(max=0).sum(axis=1))
    np.testing.assert_allclose(start + shares.sum(axis=1), whole, rtol=0, atol=1e-9)
    assert (shares * parts >= 0).all()


@pytest.mark.parametrize("name", ["identity", "line"])
def test_a_linear_map_splits_as_any_map_would(name):
    base, parts = np.array([0.5, -1.0]), np.array([[0.2, -0.7], [1.5, 0.0]])
    own, common = FITTED[name].split(base, parts), CalibrationMap.split(FITTED[name], base, parts)
    np.testing.assert_allclose(own[1], common[1], rtol=0, atol=1e-12)
    assert FITTED[name].is_linear
