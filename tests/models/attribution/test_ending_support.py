"""A measure is told of only where its end surely raises the risk of those under it."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from models.attribution.ending_support import (
    CONTRADICTS,
    ENDED,
    FEW,
    SUPPORTED,
    measures_read,
    with_support,
    without_withheld,
)
from models.attribution.parameters import EndingHelpParameters
from models.resampling import Bootstrap

BOOTSTRAP = Bootstrap(200, 1)
RULES = EndingHelpParameters(
    withheld=False, least=8, least_clusters=4, least_without=5, bands=(0.01, 0.02, 0.05)
)
CHANGES = st.lists(st.floats(1e-6, 0.3), min_size=4, max_size=30)


def tried(changes, villages=None, measure="health"):
    """Households under a measure, each with the change of its risk as the measure ends."""
    rows = [
        {
            "household_id": f"H{place}",
            "measure": measure,
            "risk": 0.03,
            "risk_ended": 0.03 + change,
            "cluster": villages[place] if villages else f"V{place}",
        }
        for place, change in enumerate(changes)
    ]
    return pl.DataFrame(rows, schema={**ENDED, "cluster": pl.String()})


def supported(rows, others=RULES.least_without, rules=RULES):
    """Judge trials among others of their band without the measure."""
    own = rows.select("household_id", "risk", "cluster").with_columns(is_return=pl.lit(value=True))
    others = pl.DataFrame({"household_id": [f"O{place}" for place in range(others)]}).with_columns(
        risk=pl.lit(0.03), cluster=pl.lit("V0"), is_return=pl.lit(value=True)
    )
    columns = ["household_id", "is_return", "risk", "cluster"]
    cohort = pl.concat([own.select(columns), others.select(columns)])
    return with_support(rows.drop("cluster"), cohort, rules, BOOTSTRAP)


@given(CHANGES)
def test_noise_around_zero_is_never_told(changes):
    """Each change stands beside its opposite in another village: the mean is 0, whatever rose."""
    rows = supported(tried([*changes, *(-one for one in changes)]))
    assert set(rows["standing"]) == {CONTRADICTS}
    assert without_withheld(rows)["risk_ended"].null_count() == len(rows)


@given(CHANGES)
def test_a_rise_in_every_village_is_told_and_its_opposite_never(changes):
    rises = [*changes, *changes]
    assert measures_read(tried(rises), RULES, BOOTSTRAP) == ["health"]
    assert measures_read(tried([-one for one in rises]), RULES, BOOTSTRAP) == []


def test_a_mean_that_one_village_makes_is_not_told():
    """Twelve households hardly move and one, in its own village, doubles its risk: the mean is above 0."""
    changes = [-0.0001] * 12 + [0.03]
    assert np.mean(changes) > 0
    assert measures_read(tried(changes), RULES, BOOTSTRAP) == []


def test_too_few_households_or_villages_say_nothing():
    rises = [0.01] * RULES.least
    assert measures_read(tried(rises), RULES, BOOTSTRAP) == ["health"]
    assert measures_read(tried(rises[1:]), RULES, BOOTSTRAP) == []
    assert measures_read(tried(rises, ["V1", "V2"] * (RULES.least // 2)), RULES, BOOTSTRAP) == []


def test_each_measure_is_judged_by_itself():
    rises, falls = tried([0.01] * 9), tried([-0.01] * 9, measure="industry")
    assert measures_read(pl.concat([rises, falls]), RULES, BOOTSTRAP) == ["health"]


def test_of_a_measure_that_is_read_a_household_whose_own_risk_falls_is_not_told():
    rows = supported(tried([0.01] * 40 + [-0.001]))
    assert rows["standing"].to_list() == [SUPPORTED] * 40 + [CONTRADICTS]
    assert without_withheld(rows)["risk_ended"].null_count() == 0  # the mean is of all who were tried


def test_who_has_the_measure_is_not_counted_as_without():
    rows = supported(tried([0.01] * 9))
    assert set(rows["n_without"]) == {RULES.least_without}
    assert set(rows["standing"]) == {SUPPORTED}
    assert set(supported(tried([0.01] * 9), RULES.least_without - 1)["standing"]) == {FEW}


def test_the_bands_say_who_is_alike():
    """The nine are at 3.05 %, the others at 3 %: one band, until an edge comes between."""
    rows = tried([0.01] * 9).with_columns(risk=pl.lit(0.0305))
    assert set(supported(rows)["standing"]) == {SUPPORTED}
    narrow = RULES.model_copy(update={"bands": (0.0301,)})
    assert set(supported(rows, rules=narrow)["standing"]) == {FEW}


def test_nothing_is_said_where_nobody_is_under_help():
    assert supported(tried([])).is_empty()


def test_what_is_withheld_is_told_of_no_measure_however_surely_it_rises():
    rows = supported(tried([0.1] * 20), rules=RULES.model_copy(update={"withheld": True}))
    assert set(rows["standing"]) == {CONTRADICTS}
