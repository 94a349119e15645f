"""For which of the three groups a household is proposed."""

import polars as pl
import pytest

from register.reference.proposed_groups import proposed_groups
from tests.watchlists.monthly.months import home
from watchlists.monthly.proposals import HOMES, UNDECIDED, group_proposed


def proposed(result="confirmed", **changes):
    row = pl.DataFrame([{**home(), **changes}], schema=HOMES).with_columns(result=pl.lit(result))
    return row.select(group_proposed(proposed_groups())).item()


@pytest.mark.parametrize(
    ("category", "over_line", "group"),
    [
        ("lifted_out", 0.8, "unstable"),
        ("ordinary", 0.8, "marginal"),
        ("lifted_out", 1.0, "sudden"),
        ("ordinary", 1.6, "sudden"),
        (None, 1.6, "sudden"),
        (None, 0.8, UNDECIDED),
        ("ordinary", None, UNDECIDED),
        ("ordinary", float("nan"), UNDECIDED),
    ],
)
def test_kind_and_income_beside_the_line_say_which(category, over_line, group):
    assert proposed(category=category, over_line=over_line) == group


def test_nobody_is_proposed_whose_risk_was_not_confirmed_or_who_is_monitored():
    for result in ("not_confirmed", "already_helped", "moved_away", "not_at_home", None):
        assert proposed(result) is None
    assert proposed(is_monitored=True) is None
