"""Splits learn from what was known and are judged by their own date."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from benchmarks.triage_splits import SHARES, Grid, judged_splits
from features.declaration import declared_features

DAYS = [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
FEATURES = [one for one in declared_features() if one.name in ("wage_income", "n_disasters_12m")]
HOMES = [f"H{number:04d}" for number in range(900)]


@pytest.fixture(scope="module")
def told_by_wages():
    """Invent households of whom the poorer fall, at three dates a year apart."""
    generator = np.random.default_rng(3)
    wages = {day: generator.normal(2, 0.5, len(HOMES)) for day in DAYS}
    parts = [
        pl.DataFrame(
            {"household_id": HOMES, "as_of_date": day, "wage_income": wages[day], "n_disasters_12m": 0.0}
        )
        for day in DAYS
    ]
    built = pl.concat(parts)
    fell = pl.col("wage_income") < 1.4
    known = pl.col("as_of_date").dt.offset_by("1y")
    return built.select("household_id", "as_of_date", fell.alias("label"), known.alias("label_known_on")), [
        built
    ]


def judged(told_by_wages, days=DAYS[1:], most=10_000):
    rows, built = told_by_wages
    return list(judged_splits(rows, built, days, FEATURES, Grid((3, 7), (1.0, 10.0), 10), most))


def test_every_split_judges_every_model_of_the_grid(told_by_wages):
    models = judged(told_by_wages)
    assert [(one.day, one.kind, one.setting) for one in models] == [
        (day, kind, setting)
        for day in DAYS[1:]
        for kind, setting in (("LightGBM", 3), ("logistic", 1.0), ("LightGBM", 7), ("logistic", 10.0))
    ]
    assert {len(one.precisions) for one in models} == {len(SHARES)}


def test_only_rows_whose_label_was_known_are_learned_from(told_by_wages):
    assert [one.n_trained for one in judged(told_by_wages)[::4]] == [len(HOMES), 2 * len(HOMES)]


def test_what_wages_tell_is_learned(told_by_wages):
    for one in judged(told_by_wages):
        assert one.auc > 0.95
        assert one.precisions[1] == 1.0


def test_negatives_are_drawn_and_who_fell_is_kept(told_by_wages):
    rows, _ = told_by_wages
    fallen = rows.filter(pl.col("as_of_date") == DAYS[0])["label"].sum()
    few = judged(told_by_wages, DAYS[1:2], most=200)[0].n_trained
    assert fallen + 100 < few < fallen + 300
