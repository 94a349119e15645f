from dataclasses import replace

import polars as pl
import pytest

from register.atomic import write_text
from tests.parameters import parameters
from tests.watchlists.judged import PARAMS, evaluated_in
from watchlists.report.duties import ceilings_table, price, rules_table
from watchlists.report.published_evaluation import read_published_evaluation


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return evaluated_in(tmp_path_factory.mktemp("evaluation"))


def read(folder):
    return read_published_evaluation(folder, PARAMS.label.written())


def changed(folder, tmp_path, *rows):
    """Give the evaluation with other prices of duties: the first row's, and what each names."""
    first = pl.read_csv(folder / "tables" / "duties.csv").row(0, named=True)
    evaluation = read(folder)
    table = pl.DataFrame([{**first, **row} for row in rows], infer_schema_length=None)
    write_text(tmp_path / "duties.csv", table.write_csv())
    return type(evaluation)(
        evaluation.metrics,
        {**evaluation.tables, "duties": pl.read_csv(tmp_path / "duties.csv")},
        evaluation.wording,
    )


def test_one_sentence_says_what_duties_take_find_and_cost(folder):
    row = read(folder).tables["duties"].row(0, named=True)
    zh, en = price(read(folder), PARAMS)
    assert "必访规则用去走访的 25%（60 / 240 户次）" in zh
    assert f"可多发现 {row['cost']:.0f} [" in zh
    bounds = f"[{row['cost_low']:.0f}, {row['cost_high']:.0f}]".replace("-", "−")
    assert f"would find {row['cost']:.0f} {bounds} falls more" in en


def test_duties_with_visits_of_their_own_are_called_so(folder):
    own = parameters({"watchlist.must_visit.visits": "own"})
    zh, en = price(read(folder), own)
    assert "必访户有自己的走访" in zh
    assert "visits of their own" in en


@pytest.mark.parametrize("few", [{"found": 7}, {"known": 60, "found": 53}])
def test_a_price_that_tells_a_small_count_is_not_told(folder, tmp_path, few):
    assert price(changed(folder, tmp_path, few), PARAMS) is None


def test_every_rule_stands_with_its_precision(folder):
    section = rules_table(read(folder), PARAMS)
    assert section["rows"][0]["name"][1] == "all must-visit rules"
    assert "at least last year's rural income a head" in section["rows"][1]["name"][1]
    assert section["rows"][1]["cells"][2][0].endswith("%")


def test_a_tightened_rule_says_so_where_its_price_stands(folder):
    tighter = parameters({"watchlist.must_visit.tighter": {"medical_payment_any": {"resources_below": 2}}})
    section = rules_table(read(folder), tighter)
    assert section["rows"][1]["name"][1].endswith("only where resources are below 2 lines")


def test_a_rule_of_which_few_fell_shows_its_visits_alone(folder, tmp_path):
    rows = (
        {"rule": "all", "known": 60, "found": 30},
        {"rule": "medical_payment", "known": 50, "found": 40},
        {"rule": "dropout", "visits": 40, "known": 30, "found": 3},
    )
    cells = [row["cells"] for row in rules_table(changed(folder, tmp_path, *rows), PARAMS)["rows"]]
    assert cells[2] == [("40",), ("–",), ("–", ""), ("–", ""), ("–", "")]
    assert cells[1][2][0] == cells[0][2][0] != "–"


def test_what_the_other_rules_would_tell_by_subtraction_is_hidden_too(folder, tmp_path):
    """Nobody is under both: 30 less 27 would tell the three."""
    rows = (
        {"rule": "all", "known": 60, "found": 30},
        {"rule": "medical_payment", "known": 40, "found": 27},
        {"rule": "dropout", "known": 20, "found": 3},
    )
    cells = [row["cells"] for row in rules_table(changed(folder, tmp_path, *rows), PARAMS)["rows"]]
    assert [row[2][0] for row in cells[1:]] == ["–", "–"]


def test_where_no_rule_took_a_visit_there_is_no_table(folder, tmp_path):
    assert rules_table(changed(folder, tmp_path, {"visits": 0}), PARAMS) is None


def test_every_ceiling_tried_stands_with_what_duties_would_still_cost(folder):
    (row,) = ceilings_table(read(folder))["rows"]
    assert row["name"] == ("资源低于线的2倍", "resources below 2 lines")
    assert row["cells"] == rules_table(read(folder), PARAMS)["rows"][0]["cells"]


def test_without_duties_no_ceiling_is_told(folder):
    evaluation = read(folder)
    nothing = evaluation.tables["duty_ceilings"].with_columns(visits=pl.lit(0))
    assert ceilings_table(replace(evaluation, tables={**evaluation.tables, "duty_ceilings": nothing})) is None
