"""The gap to the true risk is taken apart on the same households, living the same lives."""

import numpy as np
import polars as pl
import pytest
import yaml
from sklearn.metrics import roc_auc_score

from pipelines.workspace.parameters import Parameters
from simulator.county import simulate_county
from simulator.futures import true_risk
from simulator.timeline import BURN_IN
from simulator.truth import truth_of
from studies.oracle.truth import read_truth
from studies.oracle_gap.comparison import (
    BOTH,
    DEFAULT,
    KNOWN_STATE,
    MORE,
    REST,
    RISK,
    STEPS,
    TIMELY,
    TOLD_RISK,
    TRUE,
    Comparison,
)
from studies.oracle_gap.figures import FELL, RECORDED, auc, judged, parts, rankings, scores
from studies.oracle_gap.report import write_report
from studies.oracle_gap.runs import TIMELY as ENTERED_AT_ONCE
from studies.oracle_gap.runs import TRUE as WRITTEN_AS_IT_IS
from studies.oracle_gap.runs import Variant, run
from studies.oracle_gap.state import states
from studies.oracle_gap.trees import trees_of
from tests.parameters import parameters
from tests.register.simulated import clean_shard, settings, story_of

KEYS = ["household_id", "as_of_date"]


def small_params():
    simulator = {"counties": 1, "households_per_county": 1500, "villages_per_county": 20}
    others = {
        **{f"simulator.{name}": n for name, n in {**simulator, "futures": 50}.items()},
        "model.rounds": 30,
        "evaluate.min_positives": 5,
        "promotion.canaries.single_feature_auc": 1.0,
        "compute.threads": 1,
    }
    return parameters(others)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    root = tmp_path_factory.mktemp("gap")
    variants = {DEFAULT: Variant(futures=1), BOTH: Variant(is_true=True, is_timely=True)}
    used = {name: run(one, root / name, small_params()) for name, one in variants.items()}
    return root, used


@pytest.fixture(scope="module")
def rows(runs):
    root, used = runs
    risk = read_truth(root / DEFAULT / "artifacts" / "truth", "risk")
    both = scores(root / BOTH, BOTH).with_columns(pl.col(BOTH).alias(one) for one in (TRUE, TIMELY))
    seasons = used[DEFAULT].simulator.risk_seasons
    more = trees_of(root / BOTH, used[BOTH], 1, seasons, MORE)
    told = trees_of(root / BOTH, used[BOTH], 1, seasons, KNOWN_STATE, told_states=True)
    scored = [scores(root / DEFAULT, DEFAULT), both, more, told]
    return judged(root / DEFAULT, [root / BOTH], root / BOTH, scored, risk)


def test_what_is_written_down_changes_nothing_that_happens():
    plain = settings()
    otherwise = plain.model_copy(update={**WRITTEN_AS_IT_IS, **ENTERED_AT_ONCE})
    truth, again = (truth_of(simulate_county(0, one), one) for one in (plain, otherwise))
    assert truth["resources"].equals(again["resources"])
    assert truth["falls"].equals(again["falls"])


def test_incomes_written_down_as_they_are_are_those_that_were_earned():
    chosen = settings(**WRITTEN_AS_IT_IS, **ENTERED_AT_ONCE)
    story, timeline = story_of(chosen)
    people = story.population
    stays = (people.begins == 0) & (people.ends >= timeline.n_months)
    earned = np.round(story.consequences.streams["wage"][:, BURN_IN:]).sum(axis=1)[stays]
    income = (
        clean_shard(simulate_county(0, chosen).tables).tables["income"].filter(pl.col("source") == "wage")
    )
    written = income.group_by("household_id").agg(pl.col("amount").sum())
    ids = pl.DataFrame({"household_id": people.household_ids[stays], "earned": earned})
    both = ids.join(written, on="household_id", how="left").fill_null(0)
    assert both["amount"].to_list() == both["earned"].to_list()


def test_records_entered_at_once_are_entered_in_their_month():
    income = clean_shard(simulate_county(0, settings(**ENTERED_AT_ONCE)).tables).tables["income"]
    since = income.filter(pl.col("occurred_on") >= pl.date(2021, 1, 1))
    settled = since.filter(pl.col("household_id").is_in(_there_from_the_start(income).implode()))
    assert (settled["occurred_on"].dt.truncate("1mo") == settled["recorded_on"].dt.truncate("1mo")).all()


def _there_from_the_start(income):
    """Households founded later are asked for the income of the year before."""
    return income.filter(pl.col("occurred_on") < pl.date(2021, 2, 1))["household_id"].unique()


def test_a_household_expected_below_the_line_is_at_risk():
    chosen = settings(risk_seasons=["2023Q4"])
    story, timeline = story_of(chosen)
    risk = true_risk(story, chosen, timeline, np.random.default_rng(1))
    known = states(chosen, 1, risk["as_of_date"].unique().to_list()).join(risk, on=KEYS)
    assert len(known) == len(risk)
    lowest = pl.min_horizontal(
        "state_expected_3", "state_expected_6", "state_expected_9", "state_expected_12"
    )
    assert known.filter(lowest < 0.9)["risk"].mean() > 0.8
    assert known.filter(lowest > 2)["risk"].mean() < 0.05


def test_the_auc_is_that_within_a_season_and_its_influence_adds_up_to_nothing():
    generator = np.random.default_rng(1)
    rows = pl.DataFrame(
        {
            "as_of_date": ["a"] * 300 + ["b"] * 100,
            "score": generator.random(400),
            "label": generator.random(400) < 0.2,
        }
    )
    found = auc(rows, "score", "label")
    expected = [roc_auc_score(one["label"], one["score"]) for _, one in rows.group_by("as_of_date")]
    assert found.value == pytest.approx(np.mean(expected))
    assert found.part.sum() == pytest.approx(0, abs=1e-6)


def test_every_run_judges_the_same_households_and_the_steps_add_up(rows):
    names = [RISK, TOLD_RISK, DEFAULT, TRUE, TIMELY, BOTH, MORE, KNOWN_STATE]
    table, drawn = rankings(rows, names, FELL)
    gap = table.loc[RISK, "value"] - table.loc[DEFAULT, "value"]
    assert parts(table, drawn, STEPS)["value"].sum() == pytest.approx(gap)
    left = table.loc[RISK, "value"] - table.loc[BOTH, "value"]
    assert parts(table, drawn, REST)["value"].sum() == pytest.approx(left)
    assert table.loc[RISK, "value"] > 0.7
    assert rows[FELL].sum() > 20


def test_the_trees_of_as_many_households_rank_as_the_stage_does(rows):
    by_hand, by_stage = (rankings(rows, [name], FELL)[0]["value"].iloc[0] for name in (MORE, BOTH))
    assert by_hand == pytest.approx(by_stage, abs=1e-9)


def test_a_run_that_was_run_is_kept_and_another_one_is_not(runs):
    root, _ = runs
    before = (root / BOTH / "artifacts" / "model" / "training.json").stat().st_mtime_ns
    run(Variant(is_true=True, is_timely=True), root / BOTH, small_params())
    assert (root / BOTH / "artifacts" / "model" / "training.json").stat().st_mtime_ns == before


def test_more_households_are_more_counties_and_more_rows_to_learn_from():
    params = small_params()
    more = Variant(times=10).params(params)
    assert more.simulator.counties == 10
    assert more.model.max_negatives == 10 * params.model.max_negatives
    assert more.model.max_positives == 10 * params.model.max_positives
    assert more.simulator.risk_seasons == ()
    assert Parameters.of(yaml.safe_load(yaml.safe_dump(more.written()))) == more


def test_the_report_holds_what_is_left_against_the_target(rows, tmp_path):
    names = [RISK, TOLD_RISK, DEFAULT, TRUE, TIMELY, BOTH, MORE, KNOWN_STATE]
    of_all = {outcome: rankings(rows, names, outcome) for outcome in (FELL, RECORDED)}
    found = Comparison(rows, of_all, {}, {50: 0.80, 100: 0.81}, {BOTH: {"kind": ["trees"]}}, 2)
    write_report(tmp_path / "gap.md", found)
    told = (tmp_path / "gap.md").read_text(encoding="utf-8")
    assert "with endless ones it would reach about 0.8200" in " ".join(told.split())
    assert "| what is left |" in told
    assert "The model itself: " in told
    assert max(len(line) for line in told.splitlines() if not line.startswith("|")) <= 110
