"""The report sets figures weighted to the population beside those of the households, and hides as much."""

import polars as pl
import pytest

from models.evaluation.weighted import FIGURES, WEIGHT, weighted_figures
from models.resampling import Bootstrap
from register.atomic import write_text
from tests.models.listed_rows import listed
from tests.watchlists.judged import PARAMS, evaluated_in
from watchlists.report.delivered_card import delivered_list
from watchlists.report.published_evaluation import read_published_evaluation
from watchlists.report.weighted import weighted_section


@pytest.fixture
def folder(tmp_path):
    """A survey whose every second household stands for three."""
    heavy = pl.Series(WEIGHT, [1.0 + 2 * (place % 2) for place in range(600)])
    table = weighted_figures(listed(600).with_columns(heavy), Bootstrap(20, 1))
    write_text(evaluated_in(tmp_path) / "tables" / "weighted.csv", table.write_csv())
    return tmp_path


def read(folder):
    return read_published_evaluation(folder, PARAMS.label.written())


def test_every_figure_stands_twice(folder):
    evaluation = read(folder)
    section = weighted_section(evaluation)
    assert [one[1] for one in section["columns"]] == ["every household once", "weighted to the population"]
    assert [row["name"][1] for row in section["rows"]][-2:] == ["precision of the list", "recall of the list"]
    assert len(section["rows"]) == len(FIGURES)
    assert (section["n_weighted"], section["n"]) == ("600", "600")
    base = evaluation.tables["weighted"].filter(origin="pooled", figure="base_rate").row(0, named=True)
    once, weighted = section["rows"][0]["cells"]
    assert (once[0], weighted[0]) == (f"{base['value']:.3f}", f"{base['weighted']:.3f}")


def test_the_model_card_has_the_same_table(folder):
    card = delivered_list(read(folder), PARAMS)
    assert "### 加权到总体 Weighted to the population" in card
    assert "| 名单命中率 precision of the list | 0." in card


def test_without_weights_there_is_no_such_table(tmp_path):
    evaluation = read(evaluated_in(tmp_path))
    assert weighted_section(evaluation) is None
    assert "Weighted" not in delivered_list(evaluation, PARAMS)


def test_a_figure_that_is_hidden_of_the_households_is_hidden_weighted(folder):
    """Seven of the list fell: its precision would tell them."""
    path = folder / "tables" / "delivered.csv"
    write_text(path, pl.read_csv(path).with_columns(found=pl.lit(7)).write_csv())
    names = [row["name"][1] for row in weighted_section(read(folder))["rows"]]
    assert "precision of the list" not in names
    assert "AUC" in names
