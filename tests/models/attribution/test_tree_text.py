import lightgbm as lgb
import numpy as np
import pytest

from models.attribution.tree_text import read_trees
from models.risk.boosters import scrubbed
from register.errors import ContractError


def text_of(params=None, **dataset):
    generator = np.random.default_rng(0)
    matrix = np.column_stack([generator.integers(0, 5, 200), generator.normal(size=200)]).astype(float)
    label = (matrix[:, 0] % 2 + matrix[:, 1] > 0.5).astype(int)
    wanted = {"objective": "binary", "num_threads": 1, "verbosity": -1, **(params or {})}
    return lgb.train(wanted, lgb.Dataset(matrix, label, **dataset), 3).model_to_string()


def test_the_numbers_are_those_of_the_model_and_need_no_feature_ranges():
    text = text_of()
    tree, *_ = read_trees(scrubbed(text))
    root = lgb.Booster(model_str=text).dump_model()["tree_info"][0]["tree_structure"]
    assert (tree.feature[0], tree.threshold[0]) == (root["split_feature"], root["threshold"])
    assert tree.split_count[0] == root["internal_count"] == tree.leaf_count.sum() == 200


def test_shares_follow_the_rows_of_the_children():
    tree, *_ = read_trees(text_of({"num_leaves": 2}))
    np.testing.assert_array_equal(tree.shares, [tree.leaf_count / 200])


@pytest.mark.parametrize(
    ("params", "dataset"),
    [({"min_data_per_group": 1, "cat_smooth": 0}, {"categorical_feature": [0]}), ({"linear_tree": True}, {})],
)
def test_categorical_splits_and_linear_leaves_are_refused(params, dataset):
    with pytest.raises(ContractError) as refused:
        read_trees(text_of(params, **dataset))
    assert str(refused.value) == (
        "model: tree 0 has categorical splits or linear leaves, only numeric splits and constant leaves can "
        "be split by cause; train without categorical_feature and linear_tree"
    )


@pytest.mark.parametrize(
    "params",
    [
        {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5},
        {"objective": "multiclass", "num_class": 2},
    ],
)
def test_averaged_trees_and_several_scores_are_refused(params):
    with pytest.raises(ContractError) as refused:
        read_trees(text_of(params))
    assert str(refused.value) == (
        "model: found several scores a row or averaged trees, only one sum of trees can be split by cause; "
        "train with objective binary and boosting gbdt"
    )


def test_a_split_without_training_rows_is_refused():
    lines = text_of().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("internal_count="))
    lines[at] = "internal_count=" + " ".join("0" for _ in lines[at].split(" "))
    with pytest.raises(ContractError) as refused:
        read_trees("\n".join(lines))
    assert str(refused.value) == (
        "model: tree 0 has a split no training row came by, so its parts have no weights; train again with "
        "min_data_in_leaf of 1 or more"
    )
