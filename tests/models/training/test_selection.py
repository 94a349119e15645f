from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.special import expit

from models.training.selection import KINDS, select

DAYS = [date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)]


def seasons(n=4000, seed=0):
    """Households of three seasons with a true margin, an outcome, and two independent errors."""
    generator = np.random.default_rng(seed)
    truth = generator.normal(-2, 1.5, n)
    label = (generator.random(n) < expit(truth)).astype(np.int64)
    return (
        truth,
        label,
        generator.normal(size=n),
        generator.normal(size=n),
        pl.Series([DAYS[i % 3] for i in range(n)]),
    )


def test_the_kind_that_was_right_in_past_seasons_is_chosen():
    truth, label, one, other, days = seasons()
    assert select(truth, truth + 2 * other, label, days).kind == "trees"
    assert select(truth + 2 * one, truth, label, days).kind == "logistic"


def test_two_kinds_with_errors_of_their_own_are_better_together():
    truth, label, one, other, days = seasons()
    assert select(truth + one, truth + other, label, days).kind == "blend"


def test_kinds_that_do_not_differ_are_settled_by_the_published_order():
    truth, label, _, _, days = seasons()
    assert select(truth, truth, label, days).kind == next(iter(KINDS))


def test_every_season_has_a_kind_nobody_regrets():
    truth, label, one, other, days = seasons()
    regrets = select(truth + one, truth + other, label, days).regrets
    assert regrets.group_by("as_of_date").agg(pl.col("regret").min())["regret"].to_list() == [0, 0, 0]
    assert regrets["n"].sum() == len(KINDS) * len(label)


def test_the_order_of_the_rows_changes_nothing():
    truth, label, one, other, days = seasons()
    order = np.random.default_rng(5).permutation(len(label))
    first = select(truth + one, truth + other, label, days)
    second = select((truth + one)[order], (truth + other)[order], label[order], days.gather(order.tolist()))
    assert first.mean_regret == pytest.approx(second.mean_regret)


def test_of_few_who_fell_the_simplest_kind_within_a_standard_error_is_taken():
    """Kinds that do not differ: with thousands the published order settles it, with few the simplest."""
    truth, label, one, _, days = seasons()
    assert select(truth, truth, label, days, few_positives=len(label)).kind == "logistic"
    assert select(truth, truth + 2 * one, label, days, few_positives=len(label)).kind == "trees"
    assert select(truth, truth, label, days, few_positives=int(label.sum())).kind == next(iter(KINDS))
