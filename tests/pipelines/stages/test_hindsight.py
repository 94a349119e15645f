"""Which releases are earlier, and how stages learn that this changed."""

import json

import pytest

from pipelines.workspace.releases import follow_earlier
from pipelines.workspace.workspace import HERE
from register.keys.key_file import PUBLISHED_ID
from tests.parameters import parameters
from tests.watchlists.handed_out import released


@pytest.fixture
def follow(office):
    def followed(season="2025Q4", kind="folder", **label):
        changed = {f"label.{name}": value for name, value in label.items()}
        follow_earlier(HERE, parameters({"season": season, "source.kind": kind, **changed}))
        return json.loads((HERE.earlier / "releases.json").read_text(encoding="utf-8"))

    return followed


def test_publishing_the_season_itself_or_a_later_one_changes_nothing(office, follow):
    older = released(office, season="2025Q2").folder.name
    before = follow()
    assert before == {"2025Q2": older}
    for season in ("2025Q4", "2026Q1"):
        released(office, season=season)
    assert follow() == before


def test_an_earlier_list_published_anew_is_another_one(office, follow):
    released(office, season="2025Q2")
    before = follow()
    released(office, "H1", "H2", season="2025Q2")
    assert follow() != before


def test_lists_of_another_kind_of_source_are_no_earlier_ones(office, follow):
    released(office, season="2025Q2", kind="eph")
    assert follow() == {}
    assert list(follow(kind="eph")) == ["2025Q2"]


def test_lists_of_another_outcome_or_time_are_no_earlier_ones(office, follow):
    """A chance of identification, or of a fall in half a year, is no earlier risk of this one."""
    released(office, season="2025Q2")
    assert follow(outcome="enters_monitoring") == follow(months=6) == {}


def test_invented_households_of_another_key_are_told_of_once_and_not_compared_with(office, follow, capsys):
    """The simulated prefecture was listed before its key was published."""
    released(office, season="2025Q2", kind="simulator", hidden_under="0badc0de")
    released(office, season="2025Q3", kind="simulator", hidden_under=PUBLISHED_ID)
    assert list(follow(kind="simulator")) == ["2025Q3"]
    assert capsys.readouterr().err.splitlines() == [
        "releases/2025Q2: made under a machine's own key, before that of invented data; not compared with"
    ]
    assert follow(kind="folder") == {}
    assert capsys.readouterr().err == ""
