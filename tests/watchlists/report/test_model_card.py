from tests.parameters import source_section
from tests.watchlists.judged import NAMING, PARAMS, SUMMARY, evaluated_in, judgement_in
from tests.watchlists.looked_back import hindsight
from tests.watchlists.report.test_page import GONE, VISITS
from watchlists.report.list_section import Delivered
from watchlists.report.model_card import write_model_card
from watchlists.report.published_evaluation import read_published_evaluation


def card(tmp_path, kind="folder", write=judgement_in, naming=NAMING, **changed):
    evaluation = read_published_evaluation(write(tmp_path / "evaluation"), PARAMS.label.written())
    params = PARAMS.model_copy(update={"source": source_section(kind=kind), **changed})
    delivered = Delivered(SUMMARY, GONE, VISITS, hindsight(), naming)
    write_model_card(tmp_path / "card.md", evaluation, delivered, params)
    return (tmp_path / "card.md").read_text(encoding="utf-8")


def test_the_card_tells_data_label_figures_and_limits(tmp_path):
    text = card(tmp_path)
    assert "model of this list: champion 2025Q3-0a1b2c3d, promoted by Li on 2025-11-02: better" in text
    assert "newly loses a guarantee, 在现有帮扶下 under current help, within 12 months (window)" in text
    assert " (window), resources over 12 month(s)" in text
    assert "The outcome is read from: income and business costs, " in text
    assert "985 household-seasons, 450 fell below the line" in text
    assert "| 本模型 risk model | 0.764 [0.600, 0.900] |" in text
    assert "## 局限 Limits" in text


def test_the_card_says_where_trees_learn_from_households_below_the_line(tmp_path):
    also = PARAMS.cohort.model_copy(update={"learns_from": "also_below"})
    said = "households below the line already, which are never scored and never judged"
    assert said in card(tmp_path, cohort=also)
    assert said not in card(tmp_path)


def test_the_card_says_that_classes_of_households_are_read_apart(tmp_path):
    said = "and of elderly members only are read by lines of their own, believed 50%."
    for by, part, is_said in (
        ("size_and_age", 0.5, True),
        ("none", 0.5, False),
        ("size_and_age", 0.0, False),
    ):
        lines = PARAMS.model.class_lines.model_copy(update={"by": by, "part": part})
        model = PARAMS.model.model_copy(update={"class_lines": lines})
        assert (said in card(tmp_path, model=model)) == is_said


def test_groups_missed_more_often_are_named(tmp_path):
    assert "## 漏得更多的类别 Groups missed more often" in card(tmp_path, write=evaluated_in)


def test_the_card_says_whether_risks_can_be_taken_at_their_word_and_which_lines_that_rests_on(tmp_path):
    text = card(tmp_path, write=evaluated_in)
    section = text[text.index("## 风险数字可信吗 Can the risks be taken at their word: 否 no") :]
    assert "Read for the line as it came, mean risk is " in section
    assert "8,400 yuan since 2024-01-01: interpolated: between" in section
    assert "taken at their word: 不能肯定 not shown" in card(tmp_path / "bare")


def test_only_a_model_of_simulated_data_is_marked_so(tmp_path):
    assert "模拟数据 Simulated data" in card(tmp_path, "simulator")
    assert "模拟数据 Simulated data" not in card(tmp_path, "eph")


def test_the_card_says_how_often_causes_are_true_and_what_attributions_cannot_see(tmp_path):
    text = card(tmp_path)
    section = text[text.index("## 写明的原因 Causes named") : text.index("## 局限 Limits")]
    assert "67% have a named cause" in section
    assert NAMING.truth.sentences[0][1] in section
    assert "hidden poor" in section
    assert "Listed by a published order, nothing is attributed" in card(tmp_path, naming=None)
