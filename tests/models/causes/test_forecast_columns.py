"""What the forecast adds to explained households."""

import polars as pl
import pytest

from features.declaration import CAUSES
from models.causes.forecast_columns import SHARES, with_confidence, with_shares
from pipelines.workspace.parameters import load_params

SETTINGS = load_params().model.forecast


def step(main, events, **shares):
    row = {"main_cause": main, "events": events, **dict.fromkeys(SHARES, 0.0)}
    row |= {f"forecast_{cause}": share for cause, share in shares.items()}
    table = pl.DataFrame([row], schema_overrides={"main_cause": pl.String(), "events": pl.List(pl.String())})
    return with_confidence(table, SETTINGS)["main_cause_confidence"].item()


def test_a_single_event_whose_cause_is_common_is_firm():
    """A bill, and households with such bills fell by illness."""
    assert step("illness", ["illness"], illness=0.7, employment=0.3) == "firm"


def test_two_events_of_like_share_leave_it_uncertain():
    """A bill and lost work: either may be it."""
    assert step("illness", ["illness", "employment"], illness=0.55, employment=0.45) == "uncertain"


def test_causes_without_an_event_may_be_at_work_unseen():
    """A flood is on record; such households mostly fell by illness, of which nothing is on record."""
    assert step("disaster", ["disaster"], disaster=0.2, illness=0.8) == "uncertain"


@pytest.mark.parametrize("main", [None, "illness"])
def test_without_a_main_cause_or_a_forecast_nothing_is_said(main):
    table = pl.DataFrame(
        {"household_id": ["lin"], "main_cause": [main], "events": [["illness"]]},
        schema_overrides={"main_cause": pl.String()},
    )
    without = with_confidence(with_shares(table, None), SETTINGS)
    assert without["main_cause_confidence"].to_list() == [None]
    assert without.select(SHARES).null_count().sum_horizontal().item() == len(CAUSES)
