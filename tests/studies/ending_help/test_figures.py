import numpy as np
import polars as pl
import pytest

from studies.ending_help.figures import LEAST, by_measure


def rows(model, true):
    n = len(model)
    return pl.DataFrame(
        {
            "measure": ["health"] * n,
            "village_id": [f"V{place % 5}" for place in range(n)],
            "risk": np.full(n, 0.1),
            "risk_ended": 0.1 + np.asarray(model),
            "true_change": np.asarray(true),
            "standing": ["told"] * n,
        }
    )


def test_a_trial_that_is_right_has_no_bias_and_ranks_fully():
    change = np.linspace(0.01, 0.1, LEAST)
    one = by_measure(rows(change, change)).row(0, named=True)
    assert one["bias"] == pytest.approx(0, abs=1e-9)
    assert one["spearman"] == pytest.approx(1)


def test_a_sign_turned_round_ranks_the_other_way():
    change = np.linspace(0.01, 0.1, LEAST)
    one = by_measure(rows(-change, change)).row(0, named=True)
    assert one["spearman"] == pytest.approx(-1)
    assert one["lowered"] == 1
