from tests.watchlists.judged import PARAMS, evaluated_in
from watchlists.report.delivered import first_screen
from watchlists.report.delivered_card import delivered_list
from watchlists.report.published_evaluation import read_published_evaluation


def test_the_card_tells_what_the_first_screen_of_the_report_tells(tmp_path):
    evaluation = read_published_evaluation(evaluated_in(tmp_path), PARAMS.label.written())
    card = delivered_list(evaluation, PARAMS)
    assert all(one["value"] in card and one["beside"] in card for one in first_screen(evaluation))
    assert "必访规则用去走访的 25%" in card
    lines = [line for line in card.splitlines() if line.startswith("|")]
    assert len(lines) == 5
    assert len({line.count("|") for line in lines}) == 1
