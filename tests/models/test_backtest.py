from datetime import date

import polars as pl
import pytest

from models.backtest import origins, register_end, reliability, season_table
from models.labels import CENSORED
from register.errors import SeasonError
from register.seasons import months_later, season_end, seasons_between


def cohort(seasons, n=20, fell=5):
    """Every season `n` households, of whom `fell` fell; labels known after 15 months."""
    rows = [
        {
            "household_id": f"H{i:02d}",
            "as_of_date": season_end(season),
            "is_return": i % 2 == 0,
            "label": i < fell,
            "label_known_on": months_later(season_end(season), 15),
            "censored": None,
        }
        for season in seasons
        for i in range(n)
    ]
    return pl.DataFrame(rows, schema_overrides={"censored": pl.String})


def test_the_latest_seasons_that_can_be_trained_for_are_judged():
    """Labels of 2021Q1 are known by 2022Q2: the first season one can train for."""
    rows = cohort(seasons_between("2021Q1", "2023Q4"))
    assert origins(rows, "2023Q4", 3, 5) == ["2023Q2", "2023Q3", "2023Q4"]
    assert origins(rows, "2022Q3", 3, 5) == ["2022Q2", "2022Q3"]


def test_seasons_with_too_few_falls_are_not_judged():
    rows = pl.concat([cohort(["2021Q1", "2023Q1"]), cohort(["2023Q2"], fell=4)])
    assert origins(rows, "2023Q4", 3, 5) == ["2023Q1"]


def test_a_season_that_cannot_be_judged_is_refused():
    with pytest.raises(SeasonError) as refused:
        origins(cohort(["2021Q1"]), "2023Q4", 3, 5)
    assert str(refused.value) == (
        "season 2023Q4: no season until then has 5 households known to have fallen, to judge by and to train "
        "on; lower evaluate.min_positives or take a later season"
    )


@pytest.mark.parametrize(
    ("last", "season", "end"),
    [
        (date(2025, 12, 31), "2025Q3", date(2025, 12, 31)),
        (date(2025, 12, 2), "2025Q3", date(2025, 12, 31)),
        (date(2026, 2, 10), "2025Q3", date(2025, 12, 31)),
        (date(2025, 5, 10), "2025Q4", date(2025, 12, 31)),
    ],
)
def test_the_register_ends_with_the_last_season_it_reaches(last, season, end):
    assert register_end(last, season) == end


def test_reliability_bins_hold_equally_many_and_all():
    rows = cohort(["2021Q1"], 20).with_columns(
        risk_model=pl.int_range(pl.len()) / 20.0, origin=pl.lit("2021Q1")
    )
    table = reliability(rows, 4)
    assert table["n"].to_list() == [5, 5, 5, 5]
    assert table["observed"].to_list() == [1.0, 0.0, 0.0, 0.0]
    assert table["mean_risk"].to_list() == [0.1, 0.35, 0.6, 0.85]


def test_seasons_are_counted_with_their_reasons():
    rows = cohort(["2021Q1"], 4, 1).with_columns(
        label=pl.Series([True, False, None, None]),
        censored=pl.Series([None, None, "left_register", "window_open"]),
    )
    assert season_table(rows, CENSORED).drop("as_of_date").to_dicts() == [
        {
            "n": 4,
            "n_return": 2,
            "n_known": 2,
            "n_positive": 1,
            "window_open": 1,
            "left_register": 1,
            "not_observed": 0,
            "base_rate": 0.5,
        }
    ]
