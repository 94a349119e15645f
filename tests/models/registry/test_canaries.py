"""Canaries stay silent in a sound training, and name what was planted."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.keys import KEYS
from models.registry.canaries import decided_values, oversampling, permuted_labels, single_feature
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from tests.models.numbers import invented
from tests.parameters import parameters

SETTINGS = parameters().promotion.canaries
SMALL = {"members": 1, "rounds": 10, "min_data_in_leaf": 20}


def training(frame=None, label=None, n=1200):
    made, told = invented(n)
    frame, label = (made if frame is None else frame), (told if label is None else label)
    known_on = np.full(len(label), np.datetime64("2025-06-30"))
    return TrainingSet(frame, np.asarray(label), np.ones(len(label)), known_on)


def labelled(drawn):
    return pl.DataFrame(
        {
            "household_id": drawn.frame.index.get_level_values(0).to_list(),
            "as_of_date": drawn.frame.index.get_level_values(1).to_numpy().astype("datetime64[D]"),
            "label": drawn.label.astype(bool),
        }
    )


NOBODY = pl.DataFrame(schema={"household_id": pl.String(), "as_of_date": pl.Date()})


def rows_of(drawn, rows, index=None):
    """Take rows by number, perhaps again and again, perhaps under other names."""
    frame = drawn.frame.iloc[rows]
    frame = frame if index is None else frame.set_axis(index)
    return TrainingSet(frame, drawn.label[rows], drawn.weight[rows], drawn.known_on[rows])


def test_labels_dealt_out_anew_are_ranked_by_chance():
    found = permuted_labels(RiskModel(**SMALL), training(), SETTINGS)
    assert (found.passed, found.is_leak) == (True, False)


class Peeking(RiskModel):
    """Looks the outcome of whatever it scores up in the deal, as a split that leaks would let it."""

    answers = None

    def raw_margin(self, frame):
        return np.array([float(self.answers[key]) for key in frame.index])


def test_a_procedure_that_has_seen_the_answers_of_the_other_half_is_caught():
    drawn = training()
    dealt = np.random.default_rng(SETTINGS.seed).permutation(drawn.label)
    Peeking.answers = dict(zip(drawn.frame.index, dealt, strict=True))
    found = permuted_labels(Peeking(**SMALL), drawn, SETTINGS)
    assert not found.passed
    assert found.found.startswith("AUC 1.000 on ")


def test_the_bound_of_chance_follows_from_the_rows():
    few, many = (permuted_labels(RiskModel(**SMALL), training(n=n), SETTINGS) for n in (400, 4000))
    assert float(few.allowed.split()[-1]) > 2 * float(many.allowed.split()[-1])


def test_a_column_formed_from_the_label_is_named_and_no_other():
    drawn = training()
    leak = drawn.label * 3 + np.random.default_rng(5).normal(size=len(drawn.label))
    found = single_feature(training(drawn.frame.assign(followed_up=leak)), SETTINGS)
    assert (found.passed, found.is_leak) == (False, True)
    assert found.found.startswith("followed_up 0.9")
    assert "," not in found.found


@pytest.mark.parametrize("sign", [1, -1])
def test_a_column_that_is_there_only_for_those_who_fell_is_named(sign):
    """A date of identification: present, whatever its value, for who was identified."""
    drawn = training()
    leak = np.where(drawn.label == 1, sign * 1.0, np.nan)
    assert single_feature(training(drawn.frame.assign(identified=leak)), SETTINGS).found == "identified 1.000"


def test_honest_columns_are_not_named():
    found = single_feature(training(), SETTINGS)
    assert (found.passed, found.is_leak) == (True, False)
    assert found.found.startswith("strongest income 0.")


def test_a_high_auc_in_a_handful_of_rows_is_chance():
    frame = pd.DataFrame({"luck": [1.0, 2, 3, 4, 5, 6]}, training(n=6).frame.index)
    assert single_feature(training(frame, [0, 0, 0, 0, 1, 1]), SETTINGS).passed


def test_rows_trained_on_once_from_the_cohort_pass():
    drawn = training()
    found = oversampling(drawn, labelled(drawn), NOBODY)
    assert found.found == ("0 repeated, 0 not in the labelled cohort, 0 also scored of 1200 rows trained on")
    assert found.passed


@settings(max_examples=25)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=40))
def test_every_row_drawn_again_is_counted(again):
    drawn = training(n=100)
    twice = rows_of(drawn, [*range(100), *again])
    found = oversampling(twice, labelled(drawn), NOBODY)
    assert found.found.startswith(f"{len(again)} repeated, 0 not in")
    assert (found.passed, found.is_leak) == (False, True)


def test_synthetic_households_are_not_in_the_cohort():
    """SMOTE and its like invent rows; whatever they are called, nobody labelled them."""
    drawn = training(n=100)
    fallen = np.flatnonzero(drawn.label)
    invented_index = pd.MultiIndex.from_tuples(
        [(f"S{number}", np.datetime64("2024-03-31")) for number in fallen], names=list(KEYS)
    )
    more = rows_of(drawn, fallen, invented_index)
    both = TrainingSet(
        pd.concat([drawn.frame, more.frame]),
        np.r_[drawn.label, more.label],
        np.r_[drawn.weight, more.weight],
        np.r_[drawn.known_on, more.known_on],
    )
    found = oversampling(both, labelled(drawn), NOBODY)
    assert found.found.startswith(f"0 repeated, {len(fallen)} not in the labelled cohort, ")
    assert found.is_leak


def test_a_row_on_both_sides_is_refused():
    drawn = training(n=100)
    found = oversampling(drawn, labelled(drawn), labelled(drawn)[:3])
    assert found.found.endswith("3 also scored of 100 rows trained on")
    assert found.is_leak


def test_a_value_that_only_those_who_fell_have_is_named():
    """Thirty unsafe houses, written anew each year, and every one of them counted as a fall."""
    frame, label = invented(1200)
    fell = np.flatnonzero(label == 1)[:30]
    unsafe = frame.assign(has_dangerous_house=0.0)
    unsafe.iloc[fell, -1] = 1.0
    found = decided_values(training(unsafe, label), SETTINGS)
    assert (found.passed, found.is_leak) == (False, False)
    assert found.found == "has_dangerous_house = 1 (100% of 30 rows)"


def test_no_value_decides_in_a_sound_training():
    found = decided_values(training(), SETTINGS)
    assert (found.passed, found.found) == (True, "no value decides")


def test_a_negative_that_stands_for_many_counts_as_many():
    """Twenty of twenty-one rows with the flag fell; the other stands for twenty that did not."""
    frame, label = invented(1200)
    rows = [*np.flatnonzero(label == 1)[:20], np.flatnonzero(label == 0)[0]]
    flagged = frame.assign(flag=0.0)
    flagged.iloc[rows, -1] = 1.0
    plain = training(flagged, label)
    weight = np.where(label == 1, 1.0, 20.0)
    weighted = TrainingSet(plain.frame, plain.label, weight, plain.known_on)
    assert not decided_values(plain, SETTINGS).passed
    assert decided_values(weighted, SETTINGS).passed
