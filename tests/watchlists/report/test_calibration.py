"""The section on calibration: every season with its line, deciles and groups relative to what came true."""

import polars as pl
import pytest

from models.evaluation.publishable import publishable_bins
from tests.parameters import parameters
from tests.watchlists.judged import PARAMS, evaluated_in, judgement_in
from watchlists.report.calibration import (
    by_group,
    by_model,
    by_reading,
    by_season,
    deciles,
    unsourced_lines,
)
from watchlists.report.published_evaluation import read_published_evaluation

LIMITS = parameters().promotion.bias


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    folder = evaluated_in(tmp_path_factory.mktemp("evaluation"))
    return read_published_evaluation(folder, PARAMS.label.written())


def cells(section, name):
    return next(row["cells"] for row in section["rows"] if row["name"][0] == name)


def test_every_season_and_all_together_stand_with_both_rises_and_both_readings(evaluation):
    seasons = by_season(evaluation)
    assert [row["name"][0] for row in seasons["rows"]] == ["2024Q1", "2024Q2", "合并"]
    assumed, came, _, as_came, as_assumed, lines = cells(seasons, "2024Q1")
    assert (assumed, came) == (("+15.0%",), ("+4.3%",))
    assert as_came != as_assumed
    assert lines == ("2024-01-01 插补 interpolated",)
    pooled = cells(seasons, "合并")
    assert (pooled[:2], pooled[-1]) == ([("–",), ("–",)], ("",))
    row = evaluation.tables["leaderboard"].filter(
        model="risk_came", metric="relative_bias", origin="pooled", subgroup="all"
    )
    assert pooled[3][0] == f"{100 * row['value'][0]:+.1f}%".replace("-", "−")


def test_a_line_that_no_document_states_is_told_once_with_the_seasons_on_it(evaluation):
    ((zh, en),) = unsourced_lines(evaluation)
    assert en == (
        "Region 530000, 8,400 yuan since 2024-01-01: interpolated: between 8,050 (2023) and 8,700 (2025), "
        "DOMAIN 1.2 [D]; 2024Q1, 2024Q2 rest on it."
    )
    assert zh.startswith("地区530000自2024-01-01起8,400元：插补（interpolated: ")


def test_the_models_two_readings_stand_apart_from_the_models(evaluation):
    readings, models = by_reading(evaluation), by_model(evaluation)
    assert [row["name"][1] for row in readings["rows"]] == ["as the line came", "as it was assumed"]
    assert "smooth calibration error" in [en for _, en in readings["columns"]]
    assert [row["name"][1] for row in models["rows"]] == ["risk model"]


def test_an_evaluation_that_tells_no_lines_and_no_groups_is_shown_without(tmp_path):
    bare = read_published_evaluation(judgement_in(tmp_path), PARAMS.label.written())
    assert unsourced_lines(bare) == []
    assert by_group(bare, LIMITS) is None
    assert [row["cells"][0] for row in by_season(bare)["rows"]] == [("–",)]


def test_a_bin_too_far_off_and_surely_so_is_marked(evaluation):
    table = evaluation.tables["reliability"]
    rows = deciles(table, "fell", LIMITS)["rows"]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    first, last = table.row(0, named=True), table.row(-1, named=True)
    assert (first["relative_bias_low"] < 0 < first["relative_bias_high"], rows[0][6]) == (True, "")
    assert (last["relative_bias_low"] > 0, last["relative_bias"] > 0.1, rows[-1][6]) == (True, True, "！")


def test_a_hidden_bin_tells_neither_its_share_nor_what_it_follows_from(evaluation):
    few = evaluation.tables["reliability"].with_columns(n_positive=pl.Series([3, 40, 60, 70]))
    rows = deciles(publishable_bins(few), "fell", LIMITS)["rows"]
    assert [(row[2], *row[4:]) for row in rows[:2]] == [("≤7", "–", "–", "", "–")] * 2


def test_groups_stand_with_their_counts_as_they_may_be_told(evaluation):
    groups = by_group(evaluation, LIMITS)
    assert [row["name"][1] for row in groups["rows"]] == ["remote village: no", "remote village: yes"]
    assert [row["cells"][0] for row in groups["rows"]] == [("400",), ("200",)]
