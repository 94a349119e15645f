"""The champion follows from the decisions, whatever happened to its file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.labels.label_rules import LabelRules
from models.labels.parameters import CohortParameters
from models.registry.champion import DEMOTED, PROMOTED, REFUSED, Championship, standing, task_of, tasks_of
from register.errors import StoreError

TASK, OTHER = {"source_kind": "eph"}, {"source_kind": "folder"}


def decision(action=PROMOTED, run="2025Q4-a", task=TASK):
    told = {"model_sha256": "0" * 64, "season": "2025Q4", "by": "Li", "why": "good", "at": "2026-01-05"}
    return {"action": action, "run": run, "task": task, **told}


@pytest.fixture
def championship(tmp_path):
    return Championship(tmp_path / "runs", tmp_path / "keys" / "seal.key")


def test_without_a_decision_there_is_no_champion_and_nothing_is_made(championship, tmp_path):
    championship.follow()
    assert championship.champion(TASK) is None
    assert not list(tmp_path.iterdir())


def test_each_task_has_its_own_champion(championship):
    championship.decide(decision())
    championship.decide(decision(run="2025Q4-b", task=OTHER))
    championship.decide(decision(DEMOTED, "2025Q4-b", OTHER))
    assert championship.champion(TASK)["run"] == "2025Q4-a"
    assert championship.champion(OTHER) is None


@pytest.mark.parametrize("loss", ["missing", "half", "older"])
def test_a_kill_between_the_decision_and_the_file_is_made_good(championship, tmp_path, loss):
    championship.decide(decision())
    (place,) = (tmp_path / "runs" / "champion").iterdir()
    older = place.read_bytes()
    championship.decide(decision(run="2025Q4-b"))
    if loss == "missing":
        place.unlink()
    else:
        place.write_bytes(older if loss == "older" else b"{")
    championship.follow()
    assert championship.champion(TASK)["run"] == "2025Q4-b"


def test_a_champion_that_should_have_gone_goes(championship, tmp_path):
    championship.decide(decision())
    (place,) = (tmp_path / "runs" / "champion").iterdir()
    left = place.read_bytes()
    championship.decide(decision(DEMOTED))
    place.write_bytes(left)
    championship.follow()
    assert championship.champion(TASK) is None


def test_a_decision_that_was_changed_is_noticed(championship, tmp_path):
    for run in ("2025Q4-a", "2025Q4-b"):
        championship.decide(decision(run=run))
    first = tmp_path / "runs" / "decisions" / "000001.json"
    first.write_bytes(first.read_bytes().replace(b'"Li"', b'"Wu"'))
    with pytest.raises(
        StoreError, match=r"000001\.json: missing, damaged or not sealed; restore the folder runs/"
    ):
        championship.decisions()


ACTIONS = st.tuples(st.sampled_from([PROMOTED, REFUSED, DEMOTED]), st.sampled_from("abc"))


@given(st.lists(ACTIONS, max_size=12))
def test_a_demotion_undoes_the_last_promotion_that_stands_and_a_refusal_nothing(actions):
    taken, stands = [decision(action, run) for action, run in actions], []
    for action, run in actions:
        stands = [*stands, run] if action == PROMOTED else stands[:-1] if action == DEMOTED else stands
    assert [one["run"] for one in standing(taken, TASK)] == stands
    assert standing(taken, OTHER) == []
    assert tasks_of(taken) == ([TASK] if taken else [])


COHORT = CohortParameters(categories=("lifted_out",))


@pytest.mark.parametrize(
    ("label", "is_same"),
    [
        ({"outcome": "falls_below_line"}, True),
        ({"line_rise": "carried"}, True),
        ({"line_rise": "observed"}, True),
        ({"outcome": "relapse"}, False),
        ({"months": 6}, False),
    ],
)
def test_how_labels_are_learned_from_is_no_other_task_and_what_they_say_is(label, is_same):
    """A champion from before there were outcomes, or ways to take the line, stands."""
    rules, cohort = LabelRules(months=12, reading="window", resources_months=12, settle_months=3), COHORT
    other = rules.model_copy(update=label)
    assert (task_of("folder", cohort, other) == task_of("folder", cohort, rules)) == is_same


def test_whom_trees_learn_from_is_no_other_task():
    rules = LabelRules(months=12, reading="next_observation", resources_months=12, settle_months=3)
    other = CohortParameters(categories=("lifted_out",), learns_from="also_below")
    assert task_of("eph", other, rules) == task_of("eph", COHORT, rules)


def test_a_task_of_before_resources_were_named_is_one_of_income():
    """Names of pages are no other question; consumption is another than income."""
    rules = LabelRules(months=12, reading="next_observation", resources_months=1, settle_months=0)
    cohort = CohortParameters(categories=("ordinary",))
    assert "resources" not in task_of("panel", cohort, rules)["label"]
    consumption = rules.model_copy(update={"resources": "consumption"})
    assert task_of("panel", cohort, consumption)["label"]["resources"] == "consumption"
