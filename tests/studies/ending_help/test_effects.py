"""What ending help truly does in a small county: money taken away can only raise the risk."""

from functools import cache

import polars as pl

from studies.ending_help.effects import EFFECT, true_changes
from tests.register.simulated import settings

SEASON = "2023Q4"


@cache
def truth():
    return true_changes(0, settings(), [SEASON])


def test_ending_help_never_lowers_the_true_risk_and_raises_it_for_some():
    effects, _ = truth()
    assert dict(effects.schema) == EFFECT
    assert effects["true_change"].to_numpy().min() >= 0
    assert effects["true_change"].to_numpy().max() > 0
    assert (effects["true_risk"] + effects["true_change"]).is_between(0, 1 + 1e-9).all()


def test_who_never_had_help_that_pays_loses_nothing():
    effects, paying = truth()
    never = effects.join(paying, on="household_id", how="anti")
    assert len(never) > 0
    assert set(never["true_change"]) == {0.0}


def test_the_same_futures_are_drawn_whatever_else_is_asked():
    """A season's effects do not hang on the other seasons asked for."""
    both, _ = true_changes(0, settings(), ["2023Q3", SEASON])
    effects, paying = truth()
    assert both.filter(pl.col("as_of_date") == effects["as_of_date"][0]).equals(effects)
    assert paying["started_on"].null_count() == 0
