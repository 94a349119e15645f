"""What the model says if help changes some features."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from features.declaration import declared_features
from models.attribution.what_if import helped, try_levers
from models.risk.model import RiskModel
from register.reference import Change, Lever, levers
from tests.models.numbers import invented

KNOWN = {one.name: one for one in declared_features()}


def lever(*changes, **when):
    return Lever(
        code="aid",
        zh="帮扶",
        en="aid",
        measure="health",
        when=when or {"household_size": 1},
        changes=changes,
        effective_from=date(2021, 5, 1),
        source="a test",
    )


def frame_of(**values):
    return pd.DataFrame({name: np.asarray(column, dtype=float) for name, column in values.items()})


def test_a_post_of_800_yuan_for_four_people_at_a_line_of_500_a_month_is_40_percent_of_needs():
    frame = frame_of(wages_over_needs=[0.1, np.nan], household_size=[4, 4])
    told = helped(frame, lever(Change(feature="wages_over_needs", yuan_a_month=800)), 500.0, KNOWN)
    assert told["wages_over_needs"].tolist() == pytest.approx([0.5, np.nan], nan_ok=True)


def test_half_a_payment_less_is_half_a_payment_more_to_live_on():
    frame = frame_of(own_payment_over_needs_12m=[0.4], resources_over_line=[0.9])
    changes = (
        Change(feature="own_payment_over_needs_12m", times=0.5),
        Change(feature="resources_over_line", add=0.5, of_feature="own_payment_over_needs_12m"),
    )
    told = helped(frame, lever(*changes), None, KNOWN)
    assert told.iloc[0].tolist() == pytest.approx([0.2, 1.1])


def test_nothing_is_changed_beyond_its_declared_bounds_and_what_is_missing_stays_missing():
    frame = frame_of(n_seeking=[0, 2, np.nan], months_since_work=[5, 0, np.nan])
    told = helped(
        frame,
        lever(Change(feature="n_seeking", add=-1), Change(feature="months_since_work", to=0)),
        None,
        KNOWN,
    )
    assert told["n_seeking"].tolist() == pytest.approx([0, 1, np.nan], nan_ok=True)
    assert told["months_since_work"].tolist() == pytest.approx([0, 0, np.nan], nan_ok=True)


@pytest.fixture(scope="module")
def model():
    frame, label = invented(400, names=list(KNOWN))
    return RiskModel(members=1, rounds=10, min_data_in_leaf=20).fit(frame, label), frame


def test_only_households_a_lever_is_for_are_tried_and_the_others_facts_do_not_matter(model):
    trained, frame = model
    can = frame["has_dangerous_house"] >= 1
    tried = try_levers(trained, frame, levers(), 725.0)
    assert np.isnan(tried["safe_house"]).tolist() == (~can).tolist()
    alone = try_levers(trained, frame[can], levers(), 725.0)
    assert alone["safe_house"].tolist() == tried["safe_house"][can].tolist()


def test_where_people_do_not_count_in_yuan_levers_in_yuan_are_left_out(model):
    trained, frame = model
    assert set(try_levers(trained, frame, levers(), 725.0)) - set(
        try_levers(trained, frame, levers(), None)
    ) == {
        "public_post",
        "job",
    }


def test_a_champion_from_before_a_feature_was_declared_is_tried_with_what_it_knows(model):
    _, frame = model
    older = frame.drop(columns=["has_dangerous_house"])
    label = (np.arange(len(older)) % 2).astype(np.int64)
    champion = RiskModel(members=1, rounds=5, min_data_in_leaf=20).fit(older, label)
    everything = {lever.code for lever in levers()}
    assert everything - set(try_levers(champion, older, levers(), 725.0)) == {"safe_house"}
