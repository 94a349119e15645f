import numpy as np
import pandas as pd
import pytest

from models.attribution.attribute import attribute, attribute_change, attribute_interventional
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.line import Line
from models.risk.calibration.maps import MAPS, fit_map
from models.risk.model import RiskModel
from models.risk.second_set import POOR_BEFORE
from register.errors import ContractError, ParamsError
from tests.models.coalitions import brute_force, brute_force_against
from tests.models.numbers import NAMES, invented
from tests.models.risk.test_second_set import HALF, households
from tests.parameters import parameters

GROUPS = {"income": ["income", "debt"], "illness": ["illness"], "household": ["noise"], "water": []}


@pytest.fixture(scope="module")
def fitted():
    frame, label = invented()
    model = RiskModel(members=2, rounds=20, min_data_in_leaf=20).fit(frame, label)
    return model.calibrated(Calibration(Line(0.8, -0.3))), frame


def test_base_and_parts_add_up_to_the_margin(fitted):
    model, frame = fitted
    base, parts = attribute(model, frame, GROUPS)
    np.testing.assert_allclose(base + parts.sum(axis=1).to_numpy(), model.margin(frame), rtol=0, atol=1e-9)


def test_a_household_is_split_as_every_coalition_of_its_causes_says(fitted):
    model, frame = fitted
    rows = frame.iloc[:20]
    _, parts = attribute(model, rows, GROUPS)
    wanted = [brute_force(member, rows.to_numpy(), [0, 1, 0, 2], 4) for member in model.members_]
    np.testing.assert_allclose(parts, 0.8 * np.mean(wanted, axis=0), rtol=0, atol=1e-12)


def test_single_features_get_the_mean_of_the_members_contributions(fitted):
    model, frame = fitted
    base, parts = attribute(model, frame, {name: [name] for name in NAMES})
    wanted = np.mean([one.predict(frame.to_numpy(), pred_contrib=True) for one in model.members_], axis=0)
    np.testing.assert_allclose(parts, 0.8 * wanted[:, :-1], rtol=0, atol=1e-10)
    np.testing.assert_allclose(base, 0.8 * wanted[:, -1] - 0.3, rtol=0, atol=1e-10)


def test_a_group_without_features_gets_nothing(fitted):
    _, parts = attribute(*fitted, GROUPS)
    assert (parts["water"] == 0).all()


def test_the_order_of_the_groups_changes_only_the_order_of_the_parts(fitted):
    _, parts = attribute(*fitted, GROUPS)
    _, turned = attribute(*fitted, dict(reversed(GROUPS.items())))
    assert list(turned.columns) == list(parts.columns[::-1])
    pd.testing.assert_frame_equal(turned[parts.columns], parts, check_exact=True)


def test_one_group_of_everything_gets_the_whole_distance_from_the_base(fitted):
    model, frame = fitted
    base, parts = attribute(model, frame, {"all": NAMES})
    np.testing.assert_allclose(parts["all"], model.margin(frame) - base, rtol=0, atol=1e-12)


def test_nobody_to_explain_gives_an_empty_table(fitted):
    model, frame = fitted
    base, parts = attribute(model, frame.iloc[:0], GROUPS)
    assert base.shape == (0,)
    assert parts.shape == (0, 4)


def test_parts_against_a_background_start_from_its_mean_margin(fitted):
    model, frame = fitted
    background, rows = frame.iloc[:150], frame.iloc[150:170]
    base, parts = attribute_interventional(model, rows, GROUPS, background)
    np.testing.assert_allclose(base, model.margin(background).mean(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(base + parts.sum(axis=1).to_numpy(), model.margin(rows), rtol=0, atol=1e-9)
    assert (parts["water"] == 0).all()


def test_a_household_compared_with_itself_gets_nothing(fitted):
    model, frame = fitted
    _, parts = attribute_interventional(model, frame.iloc[:1], GROUPS, frame.iloc[:1])
    assert (parts.to_numpy() == 0).all()


def test_a_background_without_rows_is_refused(fitted):
    model, frame = fitted
    with pytest.raises(ContractError) as refused:
        attribute_interventional(model, frame, GROUPS, frame.iloc[:0])
    assert str(refused.value) == (
        "background: found no rows, at least one is needed; draw households to compare with"
    )


@pytest.mark.parametrize(
    ("household", "n_groups"), [([], 0), (["noise", "income"], 2)], ids=["in none", "in two"]
)
def test_a_feature_not_in_just_one_group_is_refused(fitted, household, n_groups):
    with pytest.raises(ContractError) as refused:
        attribute(*fitted, {**GROUPS, "household": household})
    stray = "noise" if n_groups == 0 else "income"
    assert str(refused.value) == (
        f"feature {stray}: found in {n_groups} explanation groups, it must be in one; declare it once "
        "and train again"
    )


def test_training_refuses_what_could_not_be_explained():
    frame, label = invented(200)
    with pytest.raises(ContractError, match="column illness has type category, allowed is float64"):
        RiskModel(rounds=1).fit(frame.assign(illness=pd.Categorical(frame["illness"] > 0)), label)
    with pytest.raises(ParamsError, match=r"model.linear_tree: no such parameter"):
        parameters({"model.linear_tree": True})


def test_the_parts_of_a_blend_are_blended_as_its_margins_are(fitted):
    model, frame = fitted
    of_trees, of_both, of_logistic = (
        attribute(model.blended(share), frame, GROUPS)[1] for share in (0.0, 0.5, 1.0)
    )
    model = model.blended(0.5)
    base, parts = attribute(model, frame, GROUPS)
    total = base + parts.sum(axis=1).to_numpy()
    np.testing.assert_allclose(total, model.margin(frame), rtol=0, atol=1e-9)
    against, compared = attribute_interventional(model, frame, GROUPS, frame.iloc[:50])
    total = against + compared.sum(axis=1).to_numpy()
    np.testing.assert_allclose(total, model.margin(frame), rtol=0, atol=1e-9)
    np.testing.assert_allclose(of_both, (of_trees + of_logistic) / 2, rtol=0, atol=1e-12)


def _off_the_edges(raw, stepped):
    """Leave out margins on the edge of a step: which side a sum falls on is a matter of its last bit."""
    edges = np.asarray(getattr(stepped, "edges", ()))
    return (np.abs(raw[:, None] - edges) > 1e-9).all(axis=1)


@pytest.mark.parametrize("name", MAPS)
def test_base_and_parts_add_up_whichever_map_calibrates(fitted, name):
    model, frame = fitted
    raw = model.raw_margin(frame)
    bent = model.calibrated(
        Calibration(fit_map(raw, (raw > np.median(raw)).astype(np.int64)[::-1] | (raw > 0), name))
    )
    for base, parts in (
        attribute(bent, frame, GROUPS),
        attribute_interventional(bent, frame.iloc[:50], GROUPS, frame.iloc[50:90]),
    ):
        margin = bent.margin(frame)[: len(base)]
        inside = _off_the_edges(raw[: len(base)], bent.calibration_.map)
        np.testing.assert_allclose(
            (base + parts.sum(axis=1).to_numpy())[inside], margin[inside], rtol=0, atol=1e-9
        )


OF_TWO_SETS = {"income": ["income", POOR_BEFORE], "illness": ["illness"], "household": ["noise"], "water": []}


@pytest.fixture(scope="module")
def two_sets():
    frame, label = households()
    model = RiskModel(members=2, rounds=20, min_data_in_leaf=20, second_set=HALF).fit(frame, label)
    return model.calibrated(Calibration(Line(0.8, -0.3))), frame


def test_base_and_parts_of_two_sets_of_members_add_up_to_the_margin(two_sets):
    model, frame = two_sets
    for one in (model, model.blended(0.5)):
        base, parts = attribute(one, frame, OF_TWO_SETS)
        total = base + parts.sum(axis=1).to_numpy()
        np.testing.assert_allclose(total, one.margin(frame), rtol=0, atol=1e-10)


def test_two_sets_split_a_household_as_every_coalition_of_its_causes_says(two_sets):
    model, frame = two_sets
    rows = frame.iloc[:30]
    wanted = [brute_force(member, rows.to_numpy(), [0, 1, 0, 2], 4) for member in model.members_]
    _, parts = attribute(model, rows, OF_TWO_SETS)
    np.testing.assert_allclose(parts, 0.8 * np.mean(wanted, axis=0), rtol=0, atol=1e-12)


def test_a_household_read_by_another_set_than_a_year_ago_is_split_as_every_coalition_says(two_sets):
    """Every household against another one: half of those poor before now were not then, or the reverse."""
    model, frame = two_sets
    now, then = frame.iloc[:300], frame.iloc[300:600].set_index(frame.index[:300])
    crossed = (now[POOR_BEFORE] > 0).to_numpy() != (then[POOR_BEFORE] > 0).to_numpy()
    parts = attribute_change(model, now, then, OF_TWO_SETS)
    days = then.to_numpy(), now.to_numpy()
    wanted = [brute_force_against([days[0]], one, days[1], [0, 1, 0, 2], 4) for one in model.members_]
    np.testing.assert_allclose(parts, 0.8 * np.mean(wanted, axis=0), rtol=0, atol=1e-10)
    assert crossed.sum() > 50


def test_a_first_fall_alone_is_the_whole_change_and_belongs_to_its_own_cause(two_sets):
    model, frame = two_sets
    then = frame.assign(**{POOR_BEFORE: 0.0})
    now = frame.assign(**{POOR_BEFORE: 1.0})
    parts = attribute_change(model, now, then, OF_TWO_SETS)
    assert (parts.drop(columns="income").to_numpy() == 0).all()
    np.testing.assert_allclose(parts["income"], model.margin(now) - model.margin(then), rtol=0, atol=1e-10)


def test_two_sets_against_a_background_start_from_its_mean_margin(two_sets):
    model, frame = two_sets
    base, parts = attribute_interventional(model, frame.iloc[:40], OF_TWO_SETS, frame.iloc[40:100])
    total = base + parts.sum(axis=1).to_numpy()
    np.testing.assert_allclose(total, model.margin(frame.iloc[:40]), rtol=0, atol=1e-10)
