import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from models.risk.calibration import fit_line
from models.training.selection import surprise
from studies.protocol.calibration_maps import MAPS, beta, isotonic


def past(n=3000, seed=0, bend=lambda margin: margin):
    """Raw margins and what happened, whose true log-odds are a bend of them."""
    generator = np.random.default_rng(seed)
    raw = generator.normal(-1, 1.5, n)
    return raw, (generator.random(n) < expit(bend(raw))).astype(np.int64)


@pytest.mark.parametrize("name", MAPS)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_every_map_gives_risks_that_rise_with_the_margin(name, seed):
    raw, label = past(400, seed)
    asked = np.linspace(-8, 8, 200)
    risk = MAPS[name](raw, label)(asked)
    assert ((risk >= 0) & (risk <= 1)).all()
    assert (np.diff(risk) >= -1e-9).all()


@pytest.mark.parametrize("name", ["line", "beta", "isotonic", "venn_abers"])
def test_every_fitted_map_brings_the_mean_risk_to_the_rate(name):
    raw, label = past(bend=lambda margin: 0.6 * margin - 1)
    assert MAPS[name](raw, label)(raw).mean() == pytest.approx(label.mean(), abs=0.01)
    assert abs(MAPS["identity"](raw, label)(raw).mean() - label.mean()) > 0.05


def test_beta_is_the_line_where_both_sides_weigh_alike():
    raw, label = past(20_000, bend=lambda margin: 0.7 * margin + 0.2)
    slope, intercept = fit_line(raw, label, np.ones(len(raw)))
    assert beta(raw, label)(raw) == pytest.approx(expit(slope * raw + intercept), abs=0.02)


def test_beta_follows_a_bend_that_no_line_follows():
    raw, label = past(20_000, bend=lambda margin: np.where(margin > 0, 0.2 * margin, 2 * margin))
    loss = {
        name: surprise(np.log(risk / (1 - risk)), label).mean()
        for name, risk in ((name, MAPS[name](raw, label)(raw)) for name in ("line", "beta"))
    }
    assert loss["beta"] < loss["line"] - 0.002


def test_isotonic_is_never_certain():
    raw = np.array([-2.0, -1, 1, 2])
    assert isotonic(raw, np.array([0, 0, 1, 1]))(np.array([-9.0, 9])).tolist() == [1 / 6, 5 / 6]
