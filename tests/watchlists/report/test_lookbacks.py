"""The section on look-backs, in the words an evaluator reads."""

import pytest

from tests.watchlists.looked_back import cohort, hindsight, visits
from watchlists.report.lookbacks import lookback_section

CONFIRMED, NOT = ("confirmed", "illness"), ("not_confirmed", None)
MANY = [CONFIRMED] * 40 + [NOT] * 30 + [("already_helped", None)] * 10 + [("moved_away", None)] * 9


def lines(table):
    heads = [en for _, en in table["columns"]]
    return {row["name"][0]: dict(zip(heads, row["cells"], strict=True)) for row in table["rows"]}


def section(*results, **more):
    return lookback_section(hindsight(visited=[visits("2025Q4", *results)], **more))


def test_without_a_look_back_there_is_nothing_to_lay_out():
    assert lookback_section(hindsight()) is None


def test_visits_stand_with_denominators_shares_and_intervals():
    """Of the hundred listed 89 were visited; for half of the forty confirmed illness had been named."""
    cells = lines(section(*MANY))["2025Q4"]
    assert cells["visited"] == ("90", "89.0%")
    results = ("confirmed", "not confirmed", "already helped", "moved away")
    assert [cells[name] for name in results] == [("40",), ("30",), ("10",), ("10",)]
    assert cells["share confirmed"][0] == "57.1%"
    assert cells["attributed cause among those found"][0] == "50.0%"
    assert cells["attributed cause among those found"][2] == "n 40"
    assert cells["days to the first visit"] == ("20", "20–20", "n 90")
    assert cells["days to the first help"] == ("20", "20–20", "n 40")
    assert all(
        cells[name][1].startswith("[") for name in ("share confirmed", "attributed cause among those found")
    )


def test_a_small_count_is_hidden_with_the_next_smallest_that_would_tell_it():
    cells = lines(section(*MANY[:-6]))["2025Q4"]
    assert (cells["moved away"], cells["already helped"]) == (("–",), ("–",))
    assert cells["confirmed"] == ("40",)


@pytest.mark.parametrize("results", [[CONFIRMED] * 5 + [NOT] * 30, [CONFIRMED] * 30 + [NOT] * 5])
def test_a_share_behind_which_a_small_count_stands_is_hidden(results):
    told = section(*results)
    assert lines(told)["2025Q4"]["share confirmed"][0] == "–"
    assert {row["cells"][-1][0] for band in told["bands"] for row in band["rows"]} == {"–"}


def test_bands_of_risk_and_rank_are_named_by_their_edges():
    by_risk, by_rank = section(*MANY)["bands"]
    assert list(lines(by_risk)) == ["0–20%", "20–40%", "40–100%"]
    assert list(lines(by_rank)) == ["1–3", "4–7", "8+"]
    assert lines(by_risk)["20–40%"]["share confirmed"][0] == "–"  # the empty bands would tell it


def test_causes_found_stand_beside_those_attributed():
    """Illness was found forty times, attributed to twenty of them."""
    causes = section(*MANY)["causes"]
    assert causes["columns"] == [("因病", "illness")]
    assert {row["name"][0]: row["cells"] for row in causes["rows"]} == {
        "因病": [("20",)],
        "因务工就业不稳": [("20",)],
    }


def test_two_seasons_are_pooled_and_what_one_hides_the_pooled_line_hides():
    visited = [visits("2025Q3", *MANY[:-6]), visits("2025Q4", *MANY)]
    told = lookback_section(hindsight(cohort("2025Q3", is_open=True), visited=visited))
    found = lines(told)
    assert list(found) == ["2025Q3", "2025Q4", "合并"]
    assert [found[one]["moved away"] for one in found] == [("–",), ("10",), ("–",)]
    assert found["合并"]["confirmed"] == ("80",)
    assert [season for season, _ in told["bands_by_season"]] == ["2025Q3", "2025Q3", "2025Q4", "2025Q4"]


def test_visits_off_the_list_are_told_of():
    assert section(*MANY, off_list=12)["off_list"] == "10"
    assert section(*MANY)["off_list"] == ""
