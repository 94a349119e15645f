"""A group's weighted figures are those of a population in which every household stands for so many."""

import numpy as np
import polars as pl
import pytest

from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.groups import FALLEN_AS, audit
from models.evaluation.weighted_groups import FIGURES, weighted_groups
from models.resampling import Bootstrap
from models.survey_weights import WEIGHT
from tests.models.listed_rows import listed

DRAWS = Bootstrap(100, 1)
SIDES = [(f"once{end}", f"weighted{end}") for end in ("", "_low", "_high")]


def surveyed(weights, n=600, remote=3):
    """Every third household lives in a remote village."""
    nothing = {name: pl.lit(None, dtype=pl.String()) for name in (*ATTRIBUTES, FALLEN_AS)}
    rows = listed(n).with_columns(**nothing)
    is_remote = pl.int_range(pl.len()) % remote == 0
    return rows.with_columns(
        pl.Series(WEIGHT, weights(len(rows)), dtype=pl.Float64),
        remote=pl.when(is_remote).then(pl.lit("yes")).otherwise(pl.lit("no")),
    )


def measured(rows):
    groups = audit(rows, DRAWS, 10, "is_listed").filter(origin="pooled").drop("origin")
    return weighted_groups(rows, groups, DRAWS), groups


def of_remote(table):
    return {row["figure"]: row for row in table.filter(group="remote", value="yes").to_dicts()}


def test_of_the_households_the_figures_are_those_of_the_audit():
    table, groups = measured(surveyed(lambda n: np.arange(1, n + 1)))
    audited = groups.filter(group="remote", value="yes").row(0, named=True)
    made = of_remote(table)
    assert {name: made[name]["once"] for name in FIGURES} == pytest.approx(
        {name: audited[name] for name in FIGURES}, abs=2e-6
    )
    for name in ("recall_gap", "omission_gap"):
        ends = [made[name][f"once{end}"] for end in ("_low", "_high")]
        assert ends == pytest.approx([audited[f"{name}{end}"] for end in ("_low", "_high")], abs=2e-6)
    assert made["base_rate"]["n_positive"] == audited["n_positive"]


def test_equal_weights_change_nothing_but_rounding():
    table, _ = measured(surveyed(lambda n: [250.0] * n))
    for once, weighted in SIDES:
        assert table[weighted].to_list() == pytest.approx(table[once].to_list(), abs=2e-6)


def test_a_household_that_stands_for_three_counts_like_three():
    """Weights of one and three: as if every second row stood there three times."""
    rows = surveyed(lambda n: [1.0 + 2 * (place % 2) for place in range(n)]).filter(origin="2024Q1")
    times = rows[WEIGHT].cast(pl.Int64).to_numpy()
    fell, on_list = (
        np.repeat(rows[name].cast(pl.Int64).to_numpy(), times) for name in ("label", "is_listed")
    )
    own = np.repeat((rows["remote"] == "yes").to_numpy(), times)
    recall = [on_list[(fell == 1) & one].mean() for one in (own, ~own)]
    missed = [fell[(on_list == 0) & one].mean() for one in (own, ~own)]
    expected = {
        "base_rate": fell[own].mean(),
        "selection_rate": on_list[own].mean(),
        "precision_at_capacity": fell[own & (on_list == 1)].mean(),
        "recall_at_capacity": recall[0],
        "omission_rate": missed[0],
        "recall_gap": 100 * (recall[0] - recall[1]),
        "omission_gap": 100 * (missed[0] - missed[1]),
    }
    made = of_remote(measured(rows)[0])
    assert {name: made[name]["weighted"] for name in FIGURES} == pytest.approx(expected, abs=2e-6)


def test_what_the_audit_hides_of_a_group_is_not_weighted():
    """Four households are remote: their rates would tell who they are."""
    table, groups = measured(surveyed(lambda n: [2.0] * n, remote=200))
    assert groups.filter(group="remote")["recall_at_capacity"].null_count() == 2
    assert len(table) == 0
    assert set(FIGURES) < {*groups.columns}


def test_groups_of_the_outcome_are_left_out():
    rows = surveyed(lambda n: [1.0] * n)
    fell = pl.when("label").then(
        pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("a")).otherwise(pl.lit("b"))
    )
    table, groups = measured(rows.with_columns(fell.alias(FALLEN_AS)))
    assert FALLEN_AS in groups["group"]
    assert set(table["group"]) == {"remote"}


def test_a_group_without_weights_has_no_weighted_figure():
    rows = surveyed(lambda n: [1.0] * n)
    bare = rows.with_columns(pl.when(pl.col("remote") == "no").then(WEIGHT).alias(WEIGHT))
    made = of_remote(measured(bare)[0])
    assert {made[name]["weighted"] for name in FIGURES} == {None}
    assert {made[name]["n_weighted"] for name in FIGURES} == {0}
    assert made["recall_gap"]["once"] is not None
