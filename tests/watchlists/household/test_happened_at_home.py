import pytest

from features.declaration import CAUSES
from tests.watchlists.household.homes import home
from watchlists.household.happened_at_home import BY_CAUSE, happened


def test_every_official_cause_has_its_events():
    assert tuple(BY_CAUSE) == CAUSES


@pytest.mark.parametrize(
    ("cause", "kind", "words"),
    [
        ("disaster", "drought", "2025年7月旱灾，损失8,220元"),
        ("business", "livestock_loss", "2025年7月牲畜死亡，损失8,220元"),
        ("accident", "accident_injury", "2025年7月意外伤害，损失8,220元"),
    ],
)
def test_a_shock_is_told_with_its_loss_under_its_own_cause(cause, kind, words):
    struck = home(shocks=[{"occurred_on": "2025-07-20", "kind": kind, "loss": 8_220.0}])
    assert [zh for zh, _ in happened(struck, cause)] == [words]
    assert all(happened(struck, other) == [] for other in CAUSES if other != cause)


def test_a_loss_nobody_assessed_is_told_without_an_amount():
    struck = home(shocks=[{"occurred_on": "2025-07-20", "kind": "flood"}])
    assert happened(struck, "disaster") == [("2025年7月洪涝", "flood 2025-07")]


def test_a_house_counts_as_it_was_graded_last():
    graded = [{"occurred_on": "2024-01-01", "grade": "D"}, {"occurred_on": "2025-06-01", "grade": "C"}]
    assert [zh for zh, _ in happened(home(housing=graded), "housing")] == ["住房2025年6月鉴定为C级 局部危险"]
    repaired = [*graded, {"occurred_on": "2025-11-01", "grade": "A"}]
    assert happened(home(housing=repaired), "housing") == []


def test_water_counts_as_it_was_found_last():
    cut = {"occurred_on": "2025-06-01", "status": "cut"}
    assert happened(home(water=[cut]), "water") == [
        ("饮水2025年6月核查：断水超过一个月", "drinking water 2025-06: cut for more than a month")
    ]
    assert happened(home(water=[cut, {"occurred_on": "2025-09-01", "status": "safe"}]), "water") == []
