from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.groups import FALLEN_AS
from models.evaluation.untrained_baselines import UNTRAINED
from models.evaluation.views import At
from tests.watchlists.judged import PARAMS, evaluated_in, judgement_in
from watchlists.report.figure_words import GROUPS, MODELS, words_of
from watchlists.report.published_evaluation import bounds, count, figure, percent, read_published_evaluation


def test_a_whole_evaluation_keeps_what_is_large_enough(tmp_path):
    evaluation = read_published_evaluation(evaluated_in(tmp_path), PARAMS.label.written())
    assert evaluation.row(At("recall", "capacity"), "risk_model")["value"] is not None
    assert evaluation.row(At("precision", "1"), "risk_model")["value"] is None  # a list of six


def test_models_are_shown_in_their_order_and_unknown_ones_last_under_their_own_name(tmp_path):
    line = "".join(f"pooled,all,{one},,auc,,mean,0.7,0.6,0.8,983,450\n" for one in ("new_idea", "risk_model"))
    evaluation = read_published_evaluation(judgement_in(tmp_path, line), PARAMS.label.written())
    assert evaluation.models == ["risk_model", "new_idea"]
    assert words_of(MODELS, "new_idea") == ("new_idea", "new idea")


def test_every_baseline_has_words():
    assert set(UNTRAINED) <= MODELS.keys()


def test_every_attribute_has_words():
    assert {*ATTRIBUTES, FALLEN_AS} == GROUPS.keys()


def test_numbers_are_written_with_the_minus_of_print_and_no_minus_zero():
    assert figure({"value": -0.0001}) == "0.000"
    assert bounds({"value": 0, "low": -0.25, "high": 0.5}, 2) == "[−0.25, 0.50]"
    assert percent({"value": None, "low": None, "high": None}) == "–"
    assert count(0) == count(7) == "≤7"


def test_a_rule_that_speaks_of_nobody_is_no_rival(tmp_path):
    """No record that it reads: its list is one by lot."""
    line = "pooled,all,{},,auc,,mean,{},983,450\n"
    lots = [("alerts", "0.5,0.5,0.5"), ("medical_rule", "0.5,0.49,0.51"), ("base_rate", "0.5,0.5,0.5")]
    board = "".join(line.format(*one) for one in (("risk_model", "0.7,0.6,0.8"), *lots))
    evaluation = read_published_evaluation(judgement_in(tmp_path, board), PARAMS.label.written())
    assert evaluation.models == ["risk_model", "medical_rule", "base_rate"]
