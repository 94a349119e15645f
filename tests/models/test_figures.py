import numpy as np

from models.figures import Figure, linear, ratio


def test_a_share_is_one_sum_over_the_other():
    """Five listed, two of them fell."""
    assert Figure(np.array([1.0, 1, 0, 0, 0]), np.ones(5)).value == 0.4


def test_a_share_of_nothing_is_missing():
    assert np.isnan(Figure(np.zeros(3), np.zeros(3)).value)


def test_a_linear_figure_keeps_its_value_and_moves_by_the_mean_influence():
    figure = linear(0.8, np.array([-1.0, 0.5, 0.5]))
    assert figure.value == 0.8
    assert ratio(np.array(-2.0), np.array(4.0), figure.start) == 0.8 - 0.5
