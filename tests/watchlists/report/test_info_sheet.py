import json
import re

import pytest

from features.declaration import declared_features
from tests.watchlists.judged import NAMING, PARAMS, evaluated_in
from watchlists.report.info_sheet import write_info_sheet
from watchlists.report.published_evaluation import read_published_evaluation

TRAINING = {
    "final": {
        "n_known": 446_387,
        "n_rows_trained_on": 77_264,
        "calibration_rows": 60_262,
        "kind": "blend",
        "mean_regret": {"blend": 0.0, "trees": 0.0012},
        "labels_that_hold": 0.825,
    },
    "censored": {"window_open": 189_642, "left_register": 1_168, "not_observed": 0},
}


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return read_published_evaluation(
        evaluated_in(tmp_path_factory.mktemp("evaluation")), PARAMS.label.written()
    )


def sheet(evaluation, folder, training=TRAINING, naming=NAMING):
    write_info_sheet(folder / "sheet.md", evaluation, training, naming, PARAMS)
    return (folder / "sheet.md").read_text(encoding="utf-8")


def test_every_question_of_the_sheet_is_asked_in_both_languages_and_answered(evaluation, tmp_path):
    text = sheet(evaluation, tmp_path)
    for question in ("L1.1", "L1.2", "L1.3", "L1.4", "L3.1", "L3.2", "L3.3"):
        assert re.search(rf"\*\*{question} [^*]*？ [A-Z][^*]*\?\*\*\n\n[^\n]+。\n[A-Z][^\n]+\.\n", text), (
            question
        )
    assert "{{" not in text
    assert "&" not in text


def test_the_boundaries_of_the_run_are_the_evidence(evaluation, tmp_path):
    row = "| 2024Q1 | 2021-12-31 | 2022-12-31 | 2024-03-31 | 2024-03-31 | 2024-04-01 | 2025-03-31 | 18,755 |"
    assert row in sheet(evaluation, tmp_path)


def test_counts_of_the_run_are_told_and_small_ones_are_not(evaluation, tmp_path):
    """99 % of those judged were also trained on at earlier dates; four outcomes are unknown."""
    text = sheet(evaluation, tmp_path)
    assert "77,265 rows stand for 446,385" in text
    assert "99 % of the household-seasons judged" in text
    assert "≤7 household-seasons of unknown outcome" in text
    assert "0 rows are repeated" in text
    assert f"{len(declared_features())} features are declared" in text


def test_what_a_training_does_not_tell_is_left_open(evaluation, tmp_path):
    training = json.loads(json.dumps(TRAINING))
    del training["final"]["calibration_rows"]
    assert "calibration uses – rows" in sheet(evaluation, tmp_path, training)


def test_the_sheet_says_how_often_causes_are_true_and_what_attributions_cannot_see(evaluation, tmp_path):
    told = sheet(evaluation, tmp_path)
    section = told[told.index("## 归因 What is attributed") :]
    assert NAMING.truth.sentences[0][1] in section
    assert "hidden poor" in section
    assert "Listed by a published order" in sheet(evaluation, tmp_path, naming=None)
