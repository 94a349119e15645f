"""What the forecast adds to explained households."""

import polars as pl
import pytest

from features.declaration import CAUSES
from models.causes.forecast_columns import SHARES, with_confidence, with_shares
from pipelines.workspace.parameters import load_params

SETTINGS = load_params().model.forecast


def step(main, **shares):
    row = {"main_cause": main, **dict.fromkeys(SHARES, 0.0)}
    row |= {f"forecast_{cause}": share for cause, share in shares.items()}
    return with_confidence(pl.DataFrame([row]), SETTINGS)["main_cause_confidence"].item()


def test_the_share_of_the_main_cause_says_how_sure_it_is():
    """A bill: such households mostly fell by illness, or half of them, or few."""
    assert step("illness", illness=0.85, employment=0.15) == "firm"
    assert step("illness", illness=0.7, employment=0.3) == "likely"
    assert step("disaster", disaster=0.2, illness=0.8) == "uncertain"


@pytest.mark.parametrize("main", [None, "illness"])
def test_without_a_main_cause_or_a_forecast_nothing_is_said(main):
    table = pl.DataFrame(
        {"household_id": ["lin"], "main_cause": [main]}, schema={"household_id": str, "main_cause": str}
    )
    without = with_confidence(with_shares(table, None), SETTINGS)
    assert without["main_cause_confidence"].to_list() == [None]
    assert without.select(SHARES).null_count().sum_horizontal().item() == len(CAUSES)
