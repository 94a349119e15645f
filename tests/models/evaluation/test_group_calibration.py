import polars as pl
import pytest

from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.group_calibration import GROUP_CALIBRATION, group_calibration
from models.evaluation.groups import FALLEN_AS, audit
from models.resampling import Bootstrap
from tests.models.judged_rows import judged

FEW = Bootstrap(50, 1)
NOTHING = {name: pl.lit(None, dtype=pl.String()) for name in (*ATTRIBUTES, FALLEN_AS)}


def rows(**attributes):
    return judged(600).with_columns(visits=60, **NOTHING).with_columns(**attributes)


def every(share):
    return pl.when(pl.int_range(pl.len()) % share == 0).then(pl.lit("yes")).otherwise(pl.lit("no"))


def measured(made):
    return group_calibration(made, audit(made, FEW, 10).filter(origin="pooled"), FEW)


def test_a_group_is_off_by_its_mean_risk_over_what_came_true():
    """Every third household is remote; their risks are read twice as high as those of the others."""
    remote = rows(remote=every(3))
    own = pl.col("remote") == "yes"
    made = remote.with_columns(risk_came=pl.col("risk_came") * pl.when(own).then(1.0).otherwise(0.5))
    found = measured(made)
    assert dict(found.schema) == GROUP_CALIBRATION
    for row in found.iter_rows(named=True):
        of_group = made.filter(remote=row["value"])
        assert (row["n"], row["n_positive"]) == (len(of_group), of_group["label"].sum())
        for name, score in (("relative_bias_came", "risk_came"), ("relative_bias", "risk_model")):
            plain = of_group[score].mean() / of_group["label"].mean() - 1
            assert row[name] == pytest.approx(plain, abs=1e-5)
            assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]


def test_a_group_that_the_audit_hides_is_not_told_here():
    few = pl.when(pl.int_range(pl.len()) < 9).then(pl.lit("yes")).otherwise(pl.lit("no"))
    assert measured(rows(remote=few)).is_empty()


def test_a_group_known_only_of_those_who_fell_has_no_bias():
    half = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("sudden")).otherwise(pl.lit("marginal"))
    assert measured(rows(fallen_as=pl.when("label").then(half))).is_empty()
