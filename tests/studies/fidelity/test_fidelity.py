"""The truths of the fidelity benchmark are exact, and a small share of it runs."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.special import expit

from studies.fidelity.entrants import SUMMED
from studies.fidelity.invented_causes import (
    AID,
    CAUSES,
    SCENARIOS,
    Scenario,
    World,
    conditional,
    interventional,
    switched_off,
    true_parts,
)
from studies.fidelity.prefecture import judged_apart, true_causes
from studies.fidelity.report import write_report
from studies.fidelity.scores import (
    BLEND,
    CAUSE,
    FIFTH,
    LOGISTIC,
    NAMED,
    ORACLES,
    OURS,
    Size,
    abstaining,
    differences,
    first_right,
    judge,
    scores,
    stability,
)

SMALL = Size(trained=6000, drawn=12_000, judged=150, background=8, resamples=200)


@pytest.fixture(scope="module")
def judged():
    return judge(SCENARIOS["correlation 0.3"], SMALL)


@pytest.mark.parametrize("world", [World(correlation=0.9), World(has_aid=True)], ids=["correlated", "aid"])
def test_chances_add_up_and_each_cause_is_as_frequent_as_said(world):
    assert world.chance.sum() == pytest.approx(1)
    chance = world.chance.ravel()
    for number, present in enumerate(world.present):
        assert chance[world.states[:, number] > 0].sum() == pytest.approx(present, abs=1e-3)


@pytest.mark.parametrize("game", [conditional, interventional])
def test_true_parts_add_up_to_the_distance_from_the_mean(game):
    world = World(correlation=0.6)
    mean = (world.chance * world.margin).sum() / world.chance.sum()
    np.testing.assert_allclose(true_parts(world, game).sum(axis=1), world.margin.ravel() - mean, atol=1e-9)


def test_without_correlation_both_games_on_the_truth_are_one():
    world = World(correlation=0.0)
    np.testing.assert_allclose(true_parts(world, conditional), true_parts(world, interventional), atol=1e-9)


def test_a_cause_without_effect_has_no_part_against_the_population_and_nothing_to_switch_off():
    world = World(correlation=0.6, has_aid=True)
    silent = [world.players.index(one) for one in ("placebo_1", "placebo_2", AID)]
    np.testing.assert_allclose(true_parts(world, interventional)[:, silent], 0, atol=1e-9)
    assert not switched_off(world)[:, silent].any()


def test_switching_off_the_only_cause_leaves_the_base_risk():
    world = World()
    alone = np.flatnonzero((world.states == [2, *[0] * 7]).all(axis=1))[0]
    expected = expit(world.base + 2 * world.effect[0]) - expit(world.base)
    assert switched_off(world)[alone].tolist() == pytest.approx([expected, *[0] * 7])


def test_the_default_names_true_causes_better_than_the_simple_ways_in_an_easy_cell(judged):
    table = scores(judged)
    assert table.loc[CAUSE, "top-1 C"] > 0.7
    assert table.loc[ORACLES[1], "top-1 B against the population"] == 1
    assert table.loc[ORACLES[1], "placebo"] == pytest.approx(0, abs=1e-9)
    found = differences(judged, 200)
    assert found.loc["largest standardised", "low"] > 0
    assert abs(found.loc[SUMMED, "difference"]) < 0.1


def test_every_way_is_told_with_its_interval_and_falls_without_a_cause_are_counted(judged):
    rates = first_right(judged, 200)
    assert set(rates.index) == set(judged.parts)
    assert ((rates["low"] <= rates["top-1 C"]) & (rates["top-1 C"] <= rates["high"])).all()
    assert 0 < judged.n_without_cause < judged.n_fell


def test_the_parts_against_a_background_are_those_over_all_coalitions(judged):
    assert judged.background_error < 1e-10


def test_the_parts_of_a_blend_are_half_those_of_its_trees_and_half_those_of_its_logistic_member(judged):
    halves = (judged.parts[CAUSE] + judged.parts[LOGISTIC]) / 2
    np.testing.assert_allclose(judged.parts[BLEND], halves, atol=1e-9)


def test_a_logistic_member_has_no_seed_and_no_member_to_disagree_with(judged):
    assert stability(judged, LOGISTIC)["Spearman"] == pytest.approx(1)
    assert abstaining(judged, LOGISTIC)["share agreeing"] == 1


def test_trees_offered_more_of_the_features_give_less_to_causes_without_effect(judged):
    placebo = scores(judged)["placebo"]
    assert placebo[CAUSE] < placebo[FIFTH]
    assert placebo[LOGISTIC] < placebo[CAUSE]


def test_ways_are_compared_on_the_households_where_members_agree(judged):
    agreed = judged.support[CAUSE] == 1
    right = differences(judged, 200, kept=agreed)
    assert set(right.index) & set(OURS) == {BLEND, LOGISTIC, FIFTH}
    assert right.loc["largest standardised", "difference"] > 0


def test_naming_only_where_members_agree_is_more_often_right(judged):
    found = abstaining(judged)
    assert found["members agree"] > found["members disagree"]
    assert judged.parts[CAUSE].shape[1] == NAMED


def test_the_report_holds_its_figures_against_the_targets(judged, tmp_path):
    cells = {"correlation 0.0": judged, "correlation 0.3": judged, "correlation 0.9": judged}
    write_report(tmp_path / "fidelity.md", cells, None, 1.0)
    told = (tmp_path / "fidelity.md").read_text(encoding="utf-8")
    row = next(one for one in told.splitlines() if one.startswith(f"| better than {SUMMED}, interval"))
    assert row.split(" | ")[1] == "0 of 3 cells: **missed**"
    assert len(row.split(" | ")) == 1 + len(OURS)
    assert "Not judged: there was no finished run" in told
    assert "| correlation 0.3 | " in told.split("## Households")[1]


def test_a_drifted_year_is_explained_in_another_world_than_it_was_trained_in():
    assert SCENARIOS["drifted year"].trained != SCENARIOS["drifted year"].explained
    assert isinstance(SCENARIOS["rare cause"], Scenario)
    assert CAUSES[SCENARIOS["rare cause"].of] == "illness"


def test_the_true_cause_of_a_fall_is_weighed_by_what_it_took_and_a_lost_guarantee_outweighs_it():
    fall = {"household_id": "H1", "fell_on": date(2025, 3, 31)}
    rows = pl.DataFrame(
        {
            "cause": ["illness", "water", "business"],
            "told_over_needs": 0.8,
            "told_over_needs_without": [1.1, 0.8, 0.9],
            "has_breach": True,
            "has_breach_without": [True, False, True],
            "is_necessary_as_told": [True, True, False],
            "struck_on": [date(2024, 5, 1), date(2025, 2, 1), date(2024, 1, 1)],
        }
    ).with_columns(**{name: pl.lit(value) for name, value in fall.items()})
    row = true_causes(rows).row(0, named=True)
    assert row["illness"] == pytest.approx(0.3)
    assert row["water"] == 10
    assert row["business"] == 0
    assert row["struck_on"] == date(2025, 2, 1)


def test_a_cause_was_at_work_came_later_or_stands_without_a_shock():
    rows = pl.DataFrame(
        {
            "as_of_date": date(2024, 3, 31),
            "fell_on": [date(2024, 6, 30), date(2025, 3, 31), date(2024, 12, 31)],
            "struck_on": [date(2024, 2, 1), date(2024, 11, 1), None],
        }
    )
    found = {name: kept.tolist() for name, kept in judged_apart(rows).items()}
    assert found["all"] == [True, True, True]
    assert found["at work by then"] == [True, False, False]
    assert found["came later"] == [False, True, False]
    assert found["without a shock"] == [False, False, True]
    assert found["fell 12 months later"] == [False, True, False]
