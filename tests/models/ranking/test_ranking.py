"""A published order: income over the line, halved for every rule that speaks."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.declaration import GROUPS
from models.ranking.ranking import Ranking, group_of
from tests.watchlists.lists import features

BY_RULES, BY_INCOME = Ranking.of("rules", 0.5), Ranking.of("income", 0.5)


def scored(ranking, **values):
    row = features({"household_id": "lin", **values})
    parts = row.select(*ranking.parts().values(), score=ranking.score()).row(0, named=True)
    return parts.pop("score"), {name.removeprefix("phi_"): part for name, part in parts.items() if part}


def test_income_alone_orders_by_nearness_to_the_line():
    assert scored(BY_INCOME, resources_over_line=2.0, n_disasters_12m=1.0) == (
        pytest.approx(-math.log(2)),
        {"income": pytest.approx(-math.log(2))},
    )


def test_a_rule_that_speaks_counts_as_half_the_income_and_belongs_to_its_cause():
    """Lin earns four times the line and was hit by a flood: as if she earned twice the line."""
    score, parts = scored(BY_RULES, resources_over_line=4.0, n_disasters_12m=1.0)
    plain, _ = scored(BY_RULES, resources_over_line=4.0)
    kinds = round((score - plain) / math.log(2))
    assert kinds >= 1
    assert parts["disaster"] == pytest.approx(kinds * math.log(2))
    assert parts["income"] == pytest.approx(-math.log(4))


def test_what_is_not_known_does_not_speak():
    score, parts = scored(BY_RULES, resources_over_line=4.0, n_disasters_12m=None)
    assert (score, set(parts)) == (pytest.approx(-math.log(4)), {"income"})


@pytest.mark.parametrize(
    ("names", "group"),
    [
        (["own_payment_over_rural_income_12m", "is_lifted_out"], "illness"),
        (["is_lifted_out", "n_dropouts"], "schooling"),
        (["resources_over_line"], "income"),
    ],
)
def test_a_rule_belongs_to_the_first_official_cause_it_reads(names, group):
    assert group_of(names) == group


RESOURCES = st.floats(1.0, 50.0)


@given(RESOURCES, RESOURCES, st.integers(0, 1), st.integers(0, 1))
def test_parts_add_up_and_neither_less_income_nor_a_rule_more_moves_a_household_down(mine, yours, flood, out):
    """Law: of two households alike but for income or a rule, the worse off is not visited later."""
    rows = features(
        {"household_id": "a", "resources_over_line": mine, "n_disasters_12m": 1.0 * flood},
        {"household_id": "b", "resources_over_line": yours, "n_disasters_12m": 1.0 * max(flood, out)},
    )
    parts = pl.sum_horizontal(f"phi_{group}" for group in GROUPS)
    frame = rows.with_columns(*BY_RULES.parts().values()).with_columns(
        BY_RULES.score().alias("score"), parts=parts
    )
    mine_score, yours_score = frame["score"]
    assert frame["parts"].to_list() == pytest.approx(frame["score"].to_list())
    if yours <= mine:
        assert yours_score >= mine_score
