"""The truth: risk that comes true, causes that can be switched off, incomes as they are told."""

from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest

from simulator.county import simulate_county
from simulator.measured_truth import true_figures
from simulator.prices import price_falls
from simulator.truth import truth_of, without
from tests.register.simulated import settings, story_of

SEEN = settings(households_per_county=1500, risk_seasons=["2023Q4"], futures=100)


@cache
def truth():
    made = [truth_of(simulate_county(index, SEEN), SEEN) for index in range(2)]
    return {name: pl.concat([one[name] for one in made]) for name in made[0]}


@cache
def plain():
    return story_of(settings())


def test_true_risk_comes_true_in_every_band():
    day, end = date(2023, 12, 31), date(2024, 12, 31)
    fell = (
        truth()["resources"]
        .filter(pl.col("as_of_date").is_between(day, end, closed="right"))
        .group_by("household_id")
        .agg(
            fell=((pl.col("over_needs") < 1) | pl.col("has_breach")).any(),
            told=((pl.col("told_over_needs") < 1) | pl.col("has_breach")).any(),
        )
    )
    rows = truth()["risk"].join(fell, on="household_id")
    for risk, outcome in (("risk", "fell"), ("told_risk", "told")):
        assert rows[outcome].mean() == pytest.approx(rows[risk].mean(), rel=0.25)
        low, middle, high = (
            rows.filter(pl.col(risk).is_between(*band))[outcome].mean()
            for band in ((0, 0.03), (0.1, 0.5), (0.8, 1))
        )
        assert low < 0.02
        assert 0.1 < middle < 0.5
        assert high > 0.8


def test_the_oracle_is_good_and_far_from_perfect():
    reached = true_figures(truth())
    assert 0.75 < reached["risk"] < 0.9
    assert 0.75 < reached["told_risk"] < 0.91


def test_a_story_told_again_with_nothing_switched_off_is_the_same_story():
    story, timeline = plain()
    rows = np.arange(0, story.population.n_households, 3)
    watch, breached = without("nothing", story, rows, settings(), timeline)
    assert np.allclose(watch.over_needs, story.watch.over_needs[rows])
    assert np.allclose(watch.told_over_needs, story.watch.told_over_needs[rows])
    assert np.array_equal(breached, story.situation.breached[rows])


def test_a_cause_is_necessary_where_there_is_no_fall_without_it():
    falls = truth()["falls"]
    necessary = falls.filter("is_necessary")
    assert ((necessary["over_needs"] < 1) | necessary["has_breach"]).all()
    assert (necessary["over_needs_without"] >= 1).all()
    assert not necessary["has_breach_without"].any()
    assert necessary["cause"].n_unique() >= 7


def test_several_causes_can_be_necessary_for_one_fall_and_some_falls_have_none():
    falls = truth()["falls"].group_by("household_id", "fell_on").agg(pl.col("is_necessary").sum().alias("n"))
    assert (falls["n"] >= 2).any()
    assert (falls["n"] == 0).any()


def test_without_an_illness_a_household_has_what_the_illness_cost():
    # Help can make up for it, so nearly always rather than always.
    ill = truth()["falls"].filter(pl.col("cause") == "illness")
    assert len(ill) > 50
    assert (ill["over_needs_without"] >= ill["over_needs"] - 1e-9).mean() > 0.95


def test_what_is_told_of_incomes_is_drawn_to_the_mean_and_written_up_above_the_line():
    story, _ = plain()
    true, told_over = story.watch.over_needs[:, 36], story.watch.told_over_needs[:, 36]

    def spread(over):
        return np.subtract(*np.quantile(np.log(np.maximum(over, 0.05)), [0.75, 0.25]))

    assert spread(told_over) < 0.8 * spread(true)
    assert (told_over < 1).mean() < 0.6 * (true < 1).mean()


def test_nobody_is_written_up_where_nothing_is_bunched():
    story, timeline = story_of(settings(bunched_share=0))
    flat = story.reporting.over_true(story.potential, story.needs, timeline)
    assert np.allclose(flat, story.reporting.lasting[:, None])


def test_of_a_minority_a_little_less_is_recorded():
    lasting = []
    for ratio in (1.0, 0.5):
        story, _ = story_of(settings(minority_report_ratio=ratio))
        lasting.append(np.log(story.reporting.lasting))
        minority = story.population.minority_home
    assert lasting[1][minority] - lasting[0][minority] == pytest.approx(np.log(0.5))
    assert np.allclose(lasting[1][~minority], lasting[0][~minority])


def test_under_a_quota_nobody_is_added_and_from_its_end_on_they_are():
    quota = {"first_month": "2020-01", "months": 36, "quota_share": 0.0, "quota_until": "2021-01"}
    story, timeline = story_of(settings(**quota, stock_share=0.0, households_per_county=1500))
    identified = timeline.starts[story.watch.identified[:, 1]]
    assert len(identified) > 0
    assert identified.min() >= np.datetime64("2021-01-01")


def test_prices_fall_for_the_whole_prefecture_at_once():
    story, timeline = plain()
    months = [
        set(price_falls(story.population, story.n_workers[:, 12], settings(), timeline, rng).month.tolist())
        for rng in (np.random.default_rng(1), np.random.default_rng(2))
    ]
    assert months[0] == months[1] != set()


def test_help_lifts_and_some_of_it_stays():
    story, timeline = plain()
    unhelped = settings(help_per_person_month=0.0)
    rows = np.arange(story.population.n_households)
    alone, _ = without("nothing", story, rows, unhelped, timeline)
    assert (story.watch.over_needs[:, -1] >= alone.over_needs[:, -1] - 1e-9).all()
    ended = story.watch.eliminated
    row = ended[ended[:, 1] < timeline.n_months - 20][:, 0]
    assert len(row) > 0
    assert (story.watch.help_paid[row, -1] > 0).all()


def test_a_cause_struck_before_the_fall_and_within_reach_of_its_twelve_months():
    falls = truth()["falls"]
    struck = falls.drop_nulls("struck_on")
    assert (struck["struck_on"] <= struck["fell_on"]).all()
    standing = falls.filter(pl.col("struck_on").is_null(), "is_necessary")["cause"]
    assert standing.is_in(["illness", "schooling"]).mean() > 0.95
