"""The report of a list that nothing was trained for promises nothing."""

from tests.watchlists.judged import PARAMS, SUMMARY
from tests.watchlists.looked_back import hindsight
from tests.watchlists.report.test_page import GONE, VISITS
from watchlists.report.list_section import Delivered
from watchlists.report.unjudged import write_unjudged_report


def report(tmp_path, summary):
    delivered = Delivered(summary, GONE, VISITS, hindsight(), None)
    write_unjudged_report(tmp_path / "report.html", delivered, PARAMS)
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_it_says_what_it_rests_on_and_shows_no_figure_of_risk(tmp_path):
    delivered_by = "公布的排序 a published order; history begins on 2025-12-31"
    summary = {**SUMMARY, "by_order": "rules", "delivered_by": delivered_by}
    text = report(tmp_path, summary)
    assert "no model was trained, so there is no precision, no risk and no promise" in text
    assert "history begins on 2025-12-31" in text
    assert "Line used: region 520000, 8,400 yuan" in text
    assert "No records of housing" in text
    for figure in ("AUC", "PSI", "estimated precision –", "calibrated"):
        assert figure not in text.replace("estimated from the calibrated risks", "")


def test_a_model_of_another_place_is_marked_untested(tmp_path):
    summary = {**SUMMARY, "by_order": "", "delivered_by": "a model of another place"}
    text = report(tmp_path, summary)
    assert "untested here: its risks are no promise" in text
    assert "published order" not in text
