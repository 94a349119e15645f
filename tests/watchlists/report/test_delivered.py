import polars as pl
import pytest

from register.atomic import write_text
from tests.watchlists.judged import PARAMS, evaluated_in
from watchlists.report.delivered import first_screen, is_by_risk_alone, promises, published_lists
from watchlists.report.published_evaluation import percent, read_published_evaluation


def read(folder):
    return read_published_evaluation(folder, PARAMS.label.written())


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return read(evaluated_in(tmp_path_factory.mktemp("evaluation")))


def pooled(evaluation, name):
    return evaluation.tables["delivered"].filter(origin="pooled", list=name).row(0, named=True)


def bounded(row, name):
    return percent({"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]})


def test_every_figure_of_the_list_has_risk_alone_below_it(evaluation):
    cards = {card["en"]: card for card in first_screen(evaluation)}
    own, by_risk = pooled(evaluation, "delivered"), pooled(evaluation, "by_risk")
    card = cards["precision of the list"]
    assert card["value"] == bounded(own, "precision")
    assert card["beside"].endswith(bounded(by_risk, "precision"))
    assert bounded(own, "exclusion_error") in cards["recall of the list"]["of"]
    assert cards["base rate"]["beside"] == ""


def test_every_season_is_held_against_what_it_promised(evaluation):
    section = promises(evaluation)
    assert [row["name"][0] for row in section["rows"]] == ["2024Q1", "2024Q2", "合并"]
    own = pooled(evaluation, "delivered")
    visits, promised, _, came_true, *_ = section["rows"][-1]["cells"]
    assert (visits, promised) == (("240",), (f"{100 * own['promised']:.1f}%",))
    assert " ".join(came_true) == bounded(own, "precision")


@pytest.mark.parametrize("few", [{"found": 7}, {"known": 60, "found": 55}, {"fell": 60, "found": 55}])
def test_a_season_of_small_counts_is_hidden_and_the_pooled_line_with_it(tmp_path, few):
    folder = evaluated_in(tmp_path)
    path = folder / "tables" / "delivered.csv"
    table = pl.read_csv(path)
    first = (pl.col("origin") == "2024Q1") & (pl.col("list") == "delivered")
    few = [pl.when(first).then(pl.lit(value)).otherwise(name).alias(name) for name, value in few.items()]
    write_text(path, table.with_columns(few).write_csv())
    lists = published_lists(read(folder)).filter(list="delivered")
    assert lists["precision"].is_null().to_list() == [True, False, True]
    assert lists["listed"].null_count() == lists["promised"].null_count() == 0


def test_a_list_that_no_duty_changed_says_nothing_twice(tmp_path):
    """A survey without must-visit rules: the list is the one by risk, and stands there once."""
    folder = evaluated_in(tmp_path)
    path = folder / "tables" / "delivered.csv"
    by_risk = pl.read_csv(path).filter(list="by_risk")
    both = [by_risk.with_columns(list=pl.lit(name)) for name in ("delivered", "by_risk")]
    write_text(path, pl.concat(both).write_csv())
    alone = read(folder)
    assert is_by_risk_alone(alone)
    assert {card["beside"] for card in first_screen(alone)} == {""}
    section = promises(alone)
    assert "by risk alone: promised" not in [en for _, en in section["columns"]]
    assert {len(row["cells"]) for row in section["rows"]} == {len(section["columns"])}


def test_a_list_that_duties_changed_is_not_by_risk_alone(evaluation):
    assert not is_by_risk_alone(evaluation)


def test_the_waves_of_a_survey_decide_when_a_fall_is_seen(tmp_path):
    label = PARAMS.label.written() | {"reading": "next_observation"}
    survey = read_published_evaluation(evaluated_in(tmp_path), label)
    assert "lead time, months" not in [card["en"] for card in first_screen(survey)]
