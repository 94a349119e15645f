from datetime import date

import polars as pl
import pytest

from models.labels.label_rules import CENSORED, FALLS
from models.training.backtest import (
    boundaries,
    origins,
    outlook,
    refuse_unjudged,
    register_end,
    season_table,
)
from register.errors import LeakageError, SeasonError
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


def test_a_season_that_cannot_be_judged_is_refused_by_who_asks_for_a_trained_model():
    assert origins(cohort(["2021Q1"]), "2023Q4", 3, 5) == []
    with pytest.raises(SeasonError) as refused:
        refuse_unjudged(cohort(["2021Q1"]), "2023Q4", 5, "fallen")
    assert str(refused.value) == (
        "season 2023Q4: no season until then has 5 households known to have fallen, to judge by and to train "
        "on; found 0 at most; take more counties or a later season, another label.outcome, or "
        "model.kind=auto, which lists by a published order"
    )


def test_the_first_export_says_from_when_on_a_model_can_be_trained_and_judged():
    """Its labels are known after 15 months; those of a model trained then, 15 months later."""
    assert outlook(cohort(["2025Q4"]), 12, 3) == {
        "first": "2025-12-31",
        "trained_from": "2027-03-31",
        "judged_from": "2028-06-30",
    }
    assert outlook(cohort(["2025Q4"]).clear(), 12, 3) == {}


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


def test_seasons_are_counted_with_their_reasons():
    rows = cohort(["2021Q1"], 4, 1).with_columns(
        label=pl.Series([True, False, None, None]),
        censored=pl.Series([None, None, "left_register", "window_open"]),
    )
    assert season_table(rows, CENSORED[FALLS]).drop("as_of_date").to_dicts() == [
        {
            "n": 4,
            "n_return": 2,
            "n_known": 2,
            "n_positive": 1,
            "window_open": 1,
            "in_breach": 0,
            "left_register": 1,
            "not_observed": 0,
            "base_rate": 0.5,
        }
    ]


def test_boundaries_are_worked_out_again_for_every_origin():
    """Labels of 2021Q1 are known after 15 months: 2022Q3 trains on 2021Q1 and 2021Q2."""
    rows = cohort(seasons_between("2021Q1", "2023Q4"))
    row = boundaries(rows, ["2022Q3"], 12).row(0, named=True)
    assert (row["first_trained"], row["last_trained"]) == (date(2021, 3, 31), date(2021, 6, 30))
    assert row["last_label_known_on"] == row["as_of_date"] == date(2022, 9, 30)
    assert (row["window_opens"], row["window_closes"]) == (date(2022, 10, 1), date(2023, 9, 30))
    assert (row["n_trained"], row["n_trained_positive"]) == (40, 10)
    assert (row["n_judged"], row["n_judged_positive"], row["n_unknown"], row["n_seen_before"]) == (
        20,
        5,
        0,
        20,
    )


def test_a_row_that_stands_twice_is_counted():
    rows = cohort(seasons_between("2021Q1", "2022Q3"))
    assert boundaries(rows, ["2022Q3"], 12)["n_repeated"].item() == 0
    assert boundaries(pl.concat([rows, rows.head(3)]), ["2022Q3"], 12)["n_repeated"].item() == 3


def test_an_origin_trained_on_itself_is_refused():
    rows = cohort(["2022Q3"]).with_columns(label_known_on=pl.lit(date(2022, 9, 30)))
    with pytest.raises(LeakageError) as refused:
        boundaries(rows, ["2022Q3"], 12)
    assert str(refused.value) == (
        "origin 2022Q3: the last as-of date trained on is 2022-09-30, allowed is one before 2022-09-30; its "
        "labels must be known by the origin (models/labels/labels.py), train again"
    )
