"""The section on past lists, in the words an evaluator reads."""

import pytest

from tests.watchlists.looked_back import THRESHOLDS, cohort, drift, hindsight
from watchlists.release.past_lists import read_hindsight
from watchlists.report.past_lists import hindsight_section


def lines(told):
    """Give each line of the table by its name, its cells as they are read."""
    section = hindsight_section(told, THRESHOLDS)
    heads = [en for _, en in section["columns"]]
    return {row["name"][0]: dict(zip(heads, row["cells"], strict=True)) for row in section["rows"]}


def test_before_any_earlier_list_the_section_says_so_and_only_estimates():
    section = hindsight_section(hindsight(), THRESHOLDS)
    assert section["is_first"]
    assert (section["estimated"], section["expected"], section["error"]) == ("30.0%", "30", "")
    ((name, cells),) = lines(hindsight()).items()
    assert (name, cells["precision"], cells["estimated precision"]) == (
        "2025Q4",
        ("未到期", "window open"),
        ("30.0%",),
    )


def test_a_closed_list_stands_beside_its_estimate_with_intervals_and_denominators():
    """Forty of the hundred listed fell and ten others: more than the thirty promised."""
    told = hindsight(cohort("2024Q1", gone=12))
    cells = lines(told)["2024Q1"]
    assert cells["listed"] == ("100",)
    assert cells["no longer in the register"] == ("10",)  # published to the nearest five
    assert cells["estimated precision"] == ("30.0%",)
    assert (cells["precision"][0], cells["recall"][0], cells["exclusion error"][0]) == (
        "40.0%",
        "80.0%",
        "20.0%",
    )
    assert cells["error of the estimate, points"][0] == "−10.0"
    assert cells["found / known"] == ("40 / 100",)
    assert all(cells[name][1].startswith("[") for name in ("precision", "recall"))
    assert hindsight_section(told, THRESHOLDS)["error"].startswith("−10.0 [")
    assert list(lines(told)) == ["2024Q1", "2025Q4"]  # of one closed list no pooled line


@pytest.mark.parametrize(("found", "said"), [(10, "too high"), (60, "too low"), (30, None)])
def test_past_estimates_that_were_off_beyond_doubt_are_called_so(found, said):
    leans = hindsight_section(hindsight(cohort("2024Q1", found=found)), THRESHOLDS)["leans"]
    assert (leans and leans[1]) == said


def test_two_closed_lists_are_pooled_and_an_open_one_is_not_judged():
    told = hindsight(cohort("2024Q1"), cohort("2024Q2", found=20), cohort("2025Q3", is_open=True))
    found = lines(told)
    assert list(found) == ["2024Q1", "2024Q2", "2025Q3", "2025Q4", "合并"]
    assert found["合并"]["precision"][0] == "30.0%"
    assert found["2025Q3"]["precision"] == ("未到期", "window open")
    assert found["2025Q3"]["found / known"] == ("–",)


@pytest.mark.parametrize("few", [{"found": 5}, {"found": 95}, {"missed": 3}])
def test_a_list_with_few_hits_false_alarms_or_misses_hides_them_there_and_pooled(few):
    found = lines(hindsight(cohort("2024Q1", **few), cohort("2024Q2")))
    for season in ("2024Q1", "合并"):
        assert found[season]["precision"][0] == found[season]["found / known"][0] == "–"
        assert found[season]["error of the estimate, points"][0] == "–"
    assert found["2024Q2"]["precision"][0] == "40.0%"


def test_what_drifted_most_is_named_and_judged_by_the_thresholds():
    training, year_before = hindsight_section(hindsight(), THRESHOLDS)["drift"]
    assert (training["score"], training["verdict"][1]) == ("0.020", "steady")
    assert (training["n_far"], training["n_features"]) == (1, 3)
    assert [(row["name"][1], row["cells"][2][1]) for row in training["rows"]] == [
        ("disabled members", "far off"),
        ("members with a chronic illness", "shifted"),
    ]
    assert year_before["verdict"] is None


def test_a_score_on_the_threshold_is_far_off():
    told = hindsight(drifted=drift(risk=0.25))
    assert hindsight_section(told, THRESHOLDS)["drift"][0]["verdict"][2] == "bad"


def test_what_the_stage_writes_is_what_the_report_reads(tmp_path):
    told = hindsight(cohort("2024Q1"), off_list=3)
    told.write(tmp_path)
    again = read_hindsight(tmp_path)
    assert again.facts == told.facts
    assert all(again.tables[name].equals(table) for name, table in told.tables.items())
