from datetime import date

import numpy as np
import polars as pl
import pytest

from models.risk.training_set import feature_frame, sample_households, sample_negatives, training_set_of
from register.errors import SeasonError

DAYS = [date(2024, 3, 31), date(2024, 6, 30)]


def known(n=2000, every=10):
    """`n` households at two dates; every tenth fell each time."""
    return pl.DataFrame(
        [
            {"household_id": f"H{i:05d}", "as_of_date": day, "label": i % every == 0, "label_known_on": day}
            for i in range(n)
            for day in DAYS
        ]
    )


def shards(names=("income", "illness")):
    """Two counties with features of five households each; one value is missing."""
    rows = [
        {"household_id": f"H{i:05d}", "as_of_date": day, names[0]: float(i), names[1]: None}
        for i in range(10)
        for day in DAYS
    ]
    frame = pl.DataFrame(rows, schema_overrides={names[1]: pl.Float64})
    return [frame.filter(pl.col("household_id") < "H00005"), frame.filter(pl.col("household_id") >= "H00005")]


def test_every_positive_is_kept_and_weighs_one():
    sampled = sample_negatives(known(), 900)
    assert sampled["label"].sum() == 400
    assert set(sampled.filter(pl.col("label"))["weight"]) == {1.0}


def test_negatives_are_about_as_many_as_asked_and_stand_for_all():
    negatives = sample_negatives(known(), 900).filter(~pl.col("label"))
    assert len(negatives) == pytest.approx(900, rel=0.1)
    assert negatives["weight"].sum() == pytest.approx(3600, rel=0.1)


def test_few_negatives_are_all_kept():
    assert sample_negatives(known(), 10_000).equals(known().with_columns(weight=pl.lit(1.0)))


def test_a_household_is_drawn_with_all_its_rows_whatever_the_order():
    sampled = sample_households(known(), 1000)
    assert set(sampled.group_by("household_id").len()["len"]) == {2}
    shuffled = sample_households(known().sample(fraction=1, shuffle=True, seed=1), 1000)
    assert shuffled.sort("household_id", "as_of_date").equals(sampled)


def test_features_are_looked_up_over_counties_and_sorted():
    rows = known(10).sample(fraction=1, shuffle=True, seed=1)
    joined, frame = feature_frame(rows, shards(), ["illness", "income"])
    assert joined.equals(rows.sort("household_id", "as_of_date"))
    assert list(frame.columns) == ["illness", "income"]
    assert list(frame.index.names) == ["household_id", "as_of_date"]
    assert frame["income"].tolist() == [float(i) for i in range(10) for _ in DAYS]


def test_missing_stays_missing():
    _, frame = feature_frame(known(10), shards(), ["illness"])
    assert frame["illness"].isna().all()
    assert frame["illness"].dtype == np.float64


def test_only_labels_known_by_the_day_are_trained_on():
    rows = known(10).with_columns(weight=pl.lit(2.0))
    joined, frame = feature_frame(rows, shards(), ["income"])
    whole = training_set_of(joined, frame, joined["weight"].is_not_null())
    assert (len(whole.label), whole.n_positive, whole.weight.sum()) == (20, 2, 40)
    early = whole.known_by(date(2024, 5, 1))
    assert (len(early.label), len(early.frame), early.n_positive) == (10, 10, 1)


def test_rows_that_teach_the_trees_alone_are_set_apart_from_the_cohort():
    """One household is below the line; both its dates teach trees alone, and are cut by date as the rest."""
    flags = pl.when(pl.col("household_id") == "H00000").then(statement=True).alias("trees_only")
    rows = known(10).with_columns(flags, weight=pl.lit(1.0))
    joined, frame = feature_frame(rows, shards(), ["income"])
    whole = training_set_of(joined, frame, joined["weight"].is_not_null())
    assert whole.trees_only.sum() == 2
    assert whole.known_by(date(2024, 5, 1)).trees_only.sum() == 1
    assert (len(whole.cohort.label), whole.cohort.n_positive, whole.cohort.trees_only) == (18, 0, None)
    assert "H00000" not in whole.cohort.households.to_list()


def test_a_set_without_such_rows_is_its_own_cohort():
    joined, frame = feature_frame(known(10).with_columns(weight=pl.lit(1.0)), shards(), ["income"])
    whole = training_set_of(joined, frame, joined["weight"].is_not_null())
    assert whole.cohort is whole


def test_draws_of_other_names_are_other_households():
    one, other = (set(sample_households(known(), 1000, draw)["household_id"]) for draw in ("one", "other"))
    assert one & other
    assert one - other


def test_rows_without_features_are_refused():
    with pytest.raises(SeasonError) as refused:
        feature_frame(known(11), shards(), ["income"])
    assert str(refused.value) == (
        "features: found rows for 20 of 22 households and dates of the cohort; run the features stage again "
        "(dvc repro features)"
    )
