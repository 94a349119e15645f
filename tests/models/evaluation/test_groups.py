import numpy as np
import polars as pl
import pytest

from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.groups import DIFFERENCES, FALLEN_AS, FIGURES, GROUPS, audit, differences
from models.resampling import Bootstrap
from tests.models.judged_rows import judged

FEW = Bootstrap(50, 1)
NOTHING = {name: pl.lit(None, dtype=pl.String()) for name in (*ATTRIBUTES, FALLEN_AS)}


def rows(n=600, **attributes):
    return judged(n).with_columns(visits=60, **NOTHING).with_columns(**attributes)


def remote(share=3):
    return pl.when(pl.int_range(pl.len()) % share == 0).then(pl.lit("yes")).otherwise(pl.lit("no"))


def test_every_rate_is_what_a_plain_count_gives():
    made = rows(remote=remote()).sort("origin", "household_id")
    found = audit(made, FEW, 10).filter(origin="pooled", group="remote", value="yes").row(0, named=True)
    listed = capacity_list(made, "risk_model").now.mean == 1
    own, fell = (made["remote"] == "yes").to_numpy(), made["label"].to_numpy()

    def foreseen(group):
        risk = made["risk_model"].to_numpy()
        return risk[group & listed].sum() / risk[group].sum()

    plain = {
        "n": own.sum(),
        "n_positive": (own & fell).sum(),
        "base_rate": fell[own].mean(),
        "mean_risk": made["risk_model"].to_numpy()[own].mean(),
        "selection_rate": listed[own].mean(),
        "recall_at_capacity": listed[own & fell].mean(),
        "exclusion_error": 1 - listed[own & fell].mean(),
        "precision_at_capacity": fell[own & listed].mean(),
        "false_positive_rate": listed[own & ~fell].mean(),
        "recall_gap": 100 * (listed[own & fell].mean() - listed[~own & fell].mean()),
        "recall_gap_expected": 100 * (foreseen(own) - foreseen(~own)),
        "omission_rate": fell[own & ~listed].mean(),
        "omission_gap": 100 * (fell[own & ~listed].mean() - fell[~own & ~listed].mean()),
    }
    assert {name: found[name] for name in plain} == pytest.approx(plain, abs=1e-5)
    assert found["recall_low"] < found["recall_at_capacity"] < found["recall_high"]
    assert found["recall_gap_low"] < found["recall_gap"] < found["recall_gap_high"]


def test_a_given_list_is_audited_as_it_was_given():
    """Every household of the remote villages is a duty and listed, nobody else."""
    made = rows(remote=remote(), is_listed=remote() == "yes")
    found = audit(made, FEW, 10, "is_listed").filter(origin="pooled", group="remote")
    assert found.sort("value")["n"].to_list() == [400, 200]
    assert audit(made, FEW, 10).filter(origin="pooled")["recall_at_capacity"].null_count() == 0


def test_the_gaps_of_two_values_mirror_each_other():
    found = audit(rows(remote=remote()), FEW, 10).filter(origin="pooled", group="remote")
    assert tuple(found.columns) == GROUPS
    assert found["recall_gap"].sum() == pytest.approx(0, abs=1e-4)


def test_a_group_with_few_falls_shows_its_size_alone_and_so_does_its_complement():
    """Nine households of whom at most nine fell: the rest would tell how many."""
    few = pl.when(pl.int_range(pl.len()) < 9).then(pl.lit("yes")).otherwise(pl.lit("no"))
    found = audit(rows(remote=few), FEW, 10).filter(origin="pooled", group="remote")
    assert found["n"].to_list() == [591, 9]
    assert found.select("n_positive", *FIGURES).null_count().row(0) == (2,) * (len(FIGURES) + 1)


def test_a_small_group_hides_its_size_too():
    few = pl.when(pl.int_range(pl.len()) < 4).then(pl.lit("yes")).otherwise(pl.lit("no"))
    assert audit(rows(remote=few), FEW, 10).filter(origin="pooled", group="remote")["n"].null_count() == 2


def test_what_is_hidden_in_one_season_is_hidden_in_all():
    """Only in the first season is the group too small."""
    first = (pl.col("origin") == "2024Q1") & (pl.int_range(pl.len()) > 8)
    uneven = pl.when(~first & (pl.int_range(pl.len()) % 2 == 0)).then(pl.lit("yes")).otherwise(pl.lit("no"))
    found = audit(rows(remote=uneven), FEW, 10).filter(group="remote")
    assert found.filter(pl.col("origin") != "pooled")["n_positive"].null_count() == 4
    assert found.filter(pl.col("origin") == "pooled")["n_positive"].null_count() == 0


def test_of_the_groups_of_the_outcome_only_recall_is_known():
    """Of those who fell one half was identified as sudden."""
    half = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("sudden")).otherwise(pl.lit("marginal"))
    found = audit(rows(fallen_as=pl.when("label").then(half)), FEW, 10).filter(
        origin="pooled", group="fallen_as"
    )
    assert found["n"].to_list() == found["n_positive"].to_list()
    assert found["recall_at_capacity"].null_count() == 0
    assert found["precision_at_capacity"].null_count() == found["base_rate"].null_count() == 2


def test_an_attribute_that_is_not_known_or_that_everybody_has_is_left_out():
    assert audit(rows(remote=pl.lit("yes")), FEW, 10).rows() == []


def test_differences_are_the_widest_between_values():
    thirds = pl.concat_str((pl.int_range(pl.len()) % 3).cast(pl.String), pl.lit("-"))
    groups = audit(rows(household_size=thirds), FEW, 10)
    rates = groups.filter(origin="pooled")
    found = differences(groups)
    assert tuple(found.columns) == DIFFERENCES
    row = found.row(0, named=True)
    assert row["demographic_parity_difference"] == pytest.approx(
        np.ptp(rates["selection_rate"].to_numpy()), abs=1e-6
    )
    assert row["equalized_odds_difference"] == max(
        row["true_positive_rate_difference"], row["false_positive_rate_difference"]
    )


def test_a_difference_with_a_hidden_value_is_missing():
    few = pl.when(pl.int_range(pl.len()) < 9).then(pl.lit("yes")).otherwise(pl.lit("no"))
    assert differences(audit(rows(remote=few), FEW, 10)).row(0)[1:] == (None, None, None, None)
