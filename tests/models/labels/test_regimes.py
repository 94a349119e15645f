from datetime import date

import polars as pl

from models.labels.label_rules import ENTERS, LabelRules
from models.labels.regimes import regime_table

RULES = LabelRules(months=12, reading="window", resources_months=12, settle_months=3, outcome=ENTERS)


def table(*days, rules=RULES):
    rows = [
        {"as_of_date": day, "label": label, "censored": None if label is not None else "older_regime"}
        for day in days
        for label in (True, False, None)
    ]
    return regime_table(pl.DataFrame(rows), rules).to_dicts()


def test_a_window_under_one_set_of_rules_crosses_nothing():
    (row,) = table(date(2023, 12, 31))
    assert (row["season"], row["regimes"], row["crosses"]) == ("2023Q4", "no_quota", False)
    assert (row["window_opens"], row["window_closes"]) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (row["n"], row["n_known"], row["n_positive"], row["n_older"]) == (3, 2, 1, 1)


def test_a_window_of_twelve_months_crosses_where_one_of_six_does_not():
    half = LabelRules(months=6, reading="window", resources_months=12, settle_months=3, outcome=ENTERS)
    assert [row["crosses"] for row in table(date(2025, 3, 31))] == [True]
    assert [row["crosses"] for row in table(date(2025, 3, 31), rules=half)] == [False]
    assert table(date(2025, 3, 31))[0]["regimes"] == "no_quota > normalised"


def test_seasons_stand_in_order():
    assert [row["season"] for row in table(date(2024, 3, 31), date(2020, 9, 30))] == ["2020Q3", "2024Q1"]
