from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.risk.matrix import checked_matrix
from models.risk.training_set import feature_frame, sample_by_label, sample_households, training_set_of
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


CAPS = st.integers(1, 5000)


def test_every_positive_is_kept_where_no_cap_is_set():
    sampled = sample_by_label(known(), 900)
    assert sampled["label"].sum() == 400
    assert set(sampled.filter(pl.col("label"))["weight"]) == {1.0}


@pytest.mark.parametrize(("is_positive", "n"), [(False, 3600), (True, 400)])
def test_rows_of_a_label_are_about_as_many_as_asked_and_stand_for_all(is_positive, n):
    drawn = sample_by_label(known(), n // 4, n // 4).filter(pl.col("label") == is_positive)
    assert len(drawn) == pytest.approx(n / 4, rel=0.25)
    assert drawn["weight"].sum() == pytest.approx(n, rel=0.25)


def test_few_rows_are_all_kept():
    assert sample_by_label(known(), 10_000, 10_000).equals(known().with_columns(weight=pl.lit(1.0)))


@settings(deadline=None, max_examples=20)
@given(CAPS, CAPS, CAPS)
def test_a_higher_cap_keeps_what_a_lower_one_keeps_and_leaves_the_other_label_alone(few, more, negatives):
    few, more = sorted([few, more])
    low, high = (sample_by_label(known(500, 3), negatives, most) for most in (few, more))
    assert low.join(high, on=["household_id", "as_of_date"], how="anti").is_empty()
    assert low.filter(~pl.col("label")).equals(high.filter(~pl.col("label")))


@settings(deadline=None, max_examples=20)
@given(CAPS, CAPS)
def test_a_household_is_drawn_with_all_its_rows_of_a_label_and_each_weighs_the_inverse_share(most, others):
    """Every third household fell at both dates; the order of the rows and the other label decide nothing."""
    rows = known(500, 3)
    drawn = sample_by_label(rows, others, most)
    shuffled = sample_by_label(rows.sample(fraction=1, shuffle=True, seed=1), others, most)
    assert shuffled.sort("household_id", "as_of_date").equals(drawn)
    assert set(drawn.group_by("household_id").len()["len"]) <= {2}
    for label, cap in ((True, most), (False, others)):
        n = rows.filter(pl.col("label") == label).height
        assert set(drawn.filter(pl.col("label") == label)["weight"]) <= {1 / min(1, cap / n)}


def test_over_many_prefectures_the_weights_add_up_to_those_who_fell():
    """The draw goes by the household's id: other ids, another draw; on average all who fell are counted."""
    sums = []
    for start in range(40):
        rows = known(300, 3).with_columns(pl.col("household_id") + f"-{start}")
        sums.append(sample_by_label(rows, 100, 60).group_by("label").agg(pl.col("weight").sum()))
    total = pl.concat(sums).group_by("label").agg(pl.col("weight").sum() / len(sums)).sort("label")
    assert total["weight"].to_list() == pytest.approx([400, 200], rel=0.1)


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


def test_numbers_are_not_copied_on_their_way_to_the_model():
    """A matrix of a hundred thousand rows stood in memory four times: looked up, framed, cut, checked."""
    joined, frame = feature_frame(known(10), shards(), ["illness", "income"])
    assert np.shares_memory(checked_matrix(frame, ["illness", "income"]), frame.to_numpy())
    half = frame[(joined["as_of_date"] == DAYS[0]).to_numpy()]
    assert np.shares_memory(checked_matrix(half, ["illness", "income"]), half.to_numpy())


def test_a_set_of_which_all_is_kept_is_itself():
    joined, frame = feature_frame(known(10).with_columns(weight=pl.lit(1.0)), shards(), ["income"])
    whole = training_set_of(joined, frame, joined["weight"].is_not_null())
    assert whole.where(np.ones(20, dtype=bool)) is whole
    assert len(whole.where(np.zeros(20, dtype=bool)).label) == 0


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
