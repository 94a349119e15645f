"""A figure of a run that is quoted by hand is found, whatever way it is quoted."""

import pytest

from studies.figures.quotes import quotes

MARKED = "<!--fig simulator/board/pooled/all/risk_model/auc 3ci-->0.804 [0.791, 0.816]<!--/fig-->"


@pytest.mark.parametrize(
    "text",
    [
        "AUC 0.804",
        "the AUC of the model is .804 [.791, .816]",
        "its bias is +0.005 there",
        "slope 1.03",
        "Precision at capacity was 0.30",
        "校准斜率为 0.97",
        "| | AUC |\n|---|---|\n| model | 0.804 |",
        "| bias | +0.005 |",
        f"AUC {MARKED}, logistic regression AUC 0.790",
    ],
)
def test_a_quote_by_hand_is_found(text):
    assert list(quotes(text))


@pytest.mark.parametrize(
    "text",
    [
        f"AUC {MARKED}",
        f"| | AUC |\n|---|---|\n| model | {MARKED} |",
        "AUC above 0.9 is a leak",
        "Python 3.11 and AUC",
        "slope and bias by ADR 13, version 1.2.3, on 2026-11-28",
        "the median of 12.34 days",
        "| gate | AUC up to 0.85 <!--limit--> |",
        "<!--own-run 2026-11-28 huitou run --set label.months=6-->\nAUC 0.849\n<!--/own-run-->",
    ],
)
def test_what_is_no_quote_is_left_alone(text):
    assert list(quotes(text)) == []


def test_lines_are_counted_as_an_editor_does():
    table = "<!--fig a text-->\n| AUC |\n|---|\n<!--/fig-->"
    own = "<!--own-run 2026-11-28 huitou run-->\nAUC 0.849\n\n<!--/own-run-->"
    assert list(quotes(f"one\n{table}\n{own}\nAUC 0.804")) == [(10, "AUC 0.804")]


def test_a_run_of_its_own_names_its_day():
    assert list(quotes("<!--own-run some day huitou run-->\nAUC 0.849\n<!--/own-run-->"))
