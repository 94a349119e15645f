import polars as pl
import pytest

from studies.fairness.cohort import ANYWHERE, BY_RISK, BY_TRUTH, DELIVERED, LISTS
from tests.studies.fairness.rows import judged_with_truth


@pytest.fixture(scope="module")
def rows():
    return judged_with_truth()


def test_every_list_has_the_visits_of_its_season(rows):
    by_season = rows.group_by("origin").agg(pl.col(LISTS).sum()).select(LISTS)
    assert {round(visits, 6) for row in by_season.rows() for visits in row} == {120 if len(rows) else 0}


def test_duties_are_on_the_delivered_list_alone(rows):
    duties = rows.filter(pl.col("duties").list.len() > 0)
    assert duties[DELIVERED].sum() == len(duties) > duties[BY_RISK].sum()


def test_without_places_the_riskiest_of_the_season_are_listed(rows):
    for season in rows.partition_by("origin"):
        listed, others = (season.filter(pl.col(ANYWHERE) == one)["risk_model"] for one in (1, 0))
        assert listed.min() >= others.max()


def test_the_list_by_true_risk_does_not_know_the_model(rows):
    blind = judged_with_truth().with_columns(pl.col("risk_model").shuffle(1))
    assert blind[BY_TRUTH].equals(rows[BY_TRUTH])
