import polars as pl

from models.ranking.speaking import kinds_that_speak, speaks
from register.reference import alert_rules, priority_visits
from tests.watchlists.lists import features


def test_a_rule_speaks_from_its_threshold_on_and_not_of_what_is_not_known():
    """Luo's village was flooded; of Lin's nothing is recorded."""
    flood = next(rule for rule in alert_rules() if rule.code == "disaster")
    rows = features(
        {"household_id": "luo", "n_disasters_12m": 1.0}, {"household_id": "lin", "n_disasters_12m": None}
    )
    assert rows.select(speaks(flood).alias("flood"))["flood"].to_list() == [True, False]


def test_a_kind_of_visit_speaks_where_any_of_its_entries_does():
    """Lin's income is near the line, Luo's fell by more than a year's line: both are of the first kind."""
    rows = features(
        {"household_id": "lin", "resources_over_line": 1.2},
        {"household_id": "luo", "resources_over_line": 5.0, "income_change_1y": -2.0},
        {"household_id": "he", "resources_over_line": 5.0},
    )
    kinds = kinds_that_speak(priority_visits())
    spoken = rows.select(kinds["low_or_falling_income"].alias("kind"))["kind"]
    assert spoken.to_list() == [True, True, False]
    assert isinstance(kinds["disabled"], pl.Expr)
