"""Late rows of invented households: by whom they are judged, and for which rises they are read."""

import numpy as np
import pandas as pd
import polars as pl

from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.late_rows import ASSUMED, judged_late, read_for_each_rise
from models.training.maturity import Maturity
from register.seasons import months_later
from tests.models.training.test_season_training import DAY, SETTINGS

EARLIER = months_later(DAY, -12)


def rows(known_on, seed=0, n=900):
    """Households of one income each; the poorer half fall more often."""
    generator = np.random.default_rng(seed)
    income = generator.normal(size=n)
    index = pd.MultiIndex.from_arrays(
        [[f"H{at:04d}" for at in range(n)], np.full(n, np.datetime64("2023-06-30", "s"))],
        names=["household_id", "as_of_date"],
    )
    fell = (generator.random(n) < np.where(income < 0, 0.5, 0.1)).astype(np.int64)
    known = np.full(n, np.datetime64(known_on))
    return TrainingSet(pd.DataFrame({"income": income}, index=index), fell, np.ones(n), known)


def judged(training, late, ripening=None, others=None):
    others = pl.DataFrame({"0.15": late.label == 1}) if others is None else others
    return judged_late(training, late, others, ripening or Maturity(), {"income": -1}, EARLIER, SETTINGS)


def test_members_trained_a_year_before_judge_every_late_row():
    found = judged(rows(EARLIER), rows(DAY, seed=1))
    assert len(found.rows) == 900
    assert found.selection.kind in {"trees", "blend", "logistic"}


def test_without_a_year_before_half_of_the_households_are_judged_by_members_of_the_others():
    late = rows(DAY, seed=1)
    found = judged(late, late)
    assert 300 < len(found.rows) < 600
    assert len(found.labels) == 900


def test_labels_ripen_for_every_rise_alike_and_open_ones_stay_open():
    late = rows(DAY, seed=1)
    open_ones = pl.DataFrame({"0.0": [None, *(late.label == 1)[1:]]})
    found = judged(rows(EARLIER), late, Maturity(holds=0.5), open_ones)
    assert found.labels["0.0"][0] is None
    assert found.labels["0.0"][1:].equals(found.labels[ASSUMED].rename("0.0")[1:])
    assert 0.35 < found.labels[ASSUMED].sum() / late.label.sum() < 0.65


def test_where_nothing_can_be_judged_every_rise_is_read_as_the_margin_stands():
    few = rows(DAY, n=20)
    found = judged(few, few)
    model = RiskModel(**SETTINGS.trees).fit(rows(DAY).frame, rows(DAY).label)
    read = read_for_each_rise(model, few, found, 0.5)
    assert set(read) == {ASSUMED, "0.15"}
    assert all(one.note.startswith("identity: ") for one in read.values())
