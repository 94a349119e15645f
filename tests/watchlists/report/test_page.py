import re
from dataclasses import replace

import polars as pl
import pytest

from register.atomic import write_text
from register.errors import StoreError
from tests.parameters import parameters, source_section
from tests.watchlists.judged import HEAD, NAMING, PARAMS, SUMMARY, evaluated_in, judgement_in
from tests.watchlists.looked_back import cohort, drift, hindsight, visits
from watchlists import NOTICE_ZH
from watchlists.report.figure_words import MODELS
from watchlists.report.list_section import Delivered
from watchlists.report.page import write_report
from watchlists.report.published_evaluation import read_published_evaluation
from watchlists.visits.change import LEFT_SCHEMA
from watchlists.visits.cover_series import SCHEMA

GONE = pl.DataFrame(schema=LEFT_SCHEMA)
COUNTED = {"county_id": "C1", "multiple": 1.0, "visits": 8, "expected": 2.0, "found": 3}
JUDGED = {"season": "pooled", "visits": 80, "found": 31, "precision_low": 0.2, "precision_high": 0.4}
JUDGED |= {
    "recall": None,
    "recall_low": None,
    "recall_high": None,
    "more_found_low": -1.0,
    "more_found_high": 7.0,
}
FIRST = hindsight()
VISITS = {
    "found": pl.DataFrame(
        [{**COUNTED, "season": season, "policy": "list"} for season in ("2024Q1", "2025Q4")]
    ),
    "policies": pl.DataFrame(
        [{**JUDGED, "policy": policy, "precision": 0.3, "more_found": 2.0} for policy in ("list", "alerts")]
    ),
    "cover": pl.DataFrame(schema=SCHEMA),
}


def report(
    tmp_path,
    *,
    kind="simulator",
    gone=GONE,
    write=judgement_in,
    known=FIRST,
    label=PARAMS.label,
    ingest=PARAMS.ingest,
    naming=NAMING,
):
    evaluation = read_published_evaluation(write(tmp_path / "evaluation"), label.written())
    params = PARAMS.model_copy(update={"source": source_section(kind=kind), "label": label, "ingest": ingest})
    write_report(
        tmp_path / "report.html", evaluation, Delivered(SUMMARY, gone, VISITS, known, naming), params
    )
    return (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The page of a whole evaluation."""
    return report(tmp_path_factory.mktemp("report"), write=evaluated_in)


@pytest.fixture(scope="module")
def entering(tmp_path_factory):
    """The page of the same evaluation, had it been of entering monitoring within six months."""
    label = PARAMS.label.model_copy(update={"months": 6, "outcome": "enters_monitoring"})
    naming = replace(NAMING, truth=None)
    return report(tmp_path_factory.mktemp("report"), write=evaluated_in, label=label, naming=naming)


def test_an_evaluation_so_small_that_no_bin_may_be_shown_is_drawn_without_points(tmp_path):
    def small(folder):
        path = evaluated_in(folder) / "tables" / "reliability.csv"
        table = pl.read_csv(path).with_columns(n_positive=pl.lit(2))
        write_text(path, table.write_csv())
        return folder

    assert "<td>≤7</td>" in report(tmp_path, write=small)


def test_a_risk_is_described_as_a_risk_under_current_help(whole):
    assert "风险都是在现有帮扶下的风险" in whole
    assert "every risk is a risk under current help" in whole


def test_help_is_told_with_how_to_read_it(whole):
    section = whole[whole.index('<h3 id="help">') :]
    assert "were helped and did not fall count as misses here, though the visit was right" in section
    assert "窗口内新得帮扶 <span" in section
    assert "without new help" in section
    assert "weighted" in section


def test_without_records_of_help_the_page_says_so(tmp_path):
    assert "No record of help to compare." in report(tmp_path)


def test_figures_from_which_few_helped_could_be_told_are_not_shown(tmp_path):
    def few(folder):
        path = evaluated_in(folder) / "tables" / "by_help.csv"
        table = pl.read_csv(path).with_columns(pl.when(pl.col("help") != "begun").then(pl.exclude("help")))
        write_text(path, table.write_csv())
        return folder

    page = report(tmp_path, write=few)
    assert "Too few were helped inside the window" in page
    assert "without new help" not in page


def test_a_fall_is_not_defined_by_the_rules_of_monitoring_and_nothing_warns(whole):
    assert "crosses a change of the rules of monitoring: 1 (300 household-seasons)" in whole
    assert "they do not define a fall." in whole
    assert "are neither trained on nor judged" not in whole


def test_labels_read_from_monitoring_warn_of_older_and_of_new_rules(entering):
    assert "290 household-seasons under older rules of another meaning are neither trained on" in entering
    assert "of which no outcome is known yet: take its risks as an order, not as probabilities." in entering
    assert "quota: 限额识别" in entering


def test_a_page_on_entering_monitoring_speaks_of_no_fall(entering):
    told = re.sub(r"<style>.*?</style>|past falls|以往跌破次数", "", entering, flags=re.DOTALL)
    assert not re.search(r"跌破|返贫户|\bfell\b|\bfalls?\b|\bfall\b", told)
    assert "were identified for monitoring" in entering
    assert "6 个月内被识别为监测对象，是在现有帮扶下的风险" in entering
    assert "monitored already" in entering
    assert "没有收入记录" not in entering


def test_figures_stand_with_interval_and_denominator(tmp_path):
    page = report(tmp_path)
    assert "0.764" in page
    assert "[0.600, 0.900]" in page
    assert "985 household-seasons, 450 fell below the line (45.8%)" in page


def test_a_difference_is_shown_with_its_interval(tmp_path):
    assert "AUC 差 0.010 [−0.002, 0.020]" in report(tmp_path)


def test_the_page_says_what_a_score_is_for_and_warns_of_simulated_data(tmp_path):
    page = report(tmp_path)
    assert NOTICE_ZH in page
    assert "Simulated data" in page
    assert "Simulated data" not in report(tmp_path, kind="folder")


def test_must_visit_households_without_a_place_are_called_out(tmp_path):
    assert "10 must-visit households exceed the capacity" in report(tmp_path)


def test_small_counts_of_the_list_are_not_shown_but_nobody_is(tmp_path):
    """Six were relocated without follow-up; nobody of the help ends, nobody left by cover."""
    page = report(tmp_path)
    assert "≤7 户易地搬迁而无后续扶持" in page
    assert ">6 户" not in page


def test_other_ways_to_spend_the_visits_stand_beside_the_list(tmp_path):
    page = report(tmp_path)
    assert "30.0 [20.0, 40.0]" in page
    assert "部门预警户，收入低的在先" in page
    assert page.count("2 [−1, 7]") == 3  # the table, and the answer in both languages


def test_the_first_screen_is_of_the_delivered_list_and_names_the_price_of_duties(whole):
    """The list with its duties finds 102 of 191; by risk alone 137 were found."""
    screen = whole.split('id="list"')[0]
    assert "名单命中率" in screen
    assert "只按风险 by risk alone" in screen
    assert "必访规则用去走访的 25%（60 / 240 户次）" in screen
    assert "Duties (must-visit rules) take 25% of the visits" in screen


def test_households_that_left_unimproved_are_called_out(tmp_path):
    row = dict.fromkeys(LEFT_SCHEMA) | {
        "household_id": "H1",
        "why_left": "places_taken",
        "is_unimproved": True,
    }
    page = report(tmp_path, gone=pl.DataFrame([row] * 12, schema=LEFT_SCHEMA))
    assert "no less at risk, others come first</span> 10 （10）" in page
    assert "25 households left the list although their facts did not improve" in page


def test_every_section_of_a_whole_evaluation_is_there(whole):
    for section in (
        "answer",
        "list",
        "board",
        "capacity",
        "calibration",
        "seasons",
        "groups",
        "lead",
        "censored",
        "data",
        "hindsight",
        "lookbacks",
        "complete",
    ):
        assert f'<h2 id="{section}">' in whole, section
    for model in ("risk_model", "logistic", "income_over_line", "alerts"):
        assert MODELS[model][0] in whole


def test_a_first_run_says_plainly_that_there_is_no_earlier_list_and_no_look_back(whole):
    assert "还没有更早的名单" in whole
    assert "No earlier list yet" in whole
    assert "还没有读回走访结果" in whole
    assert "how far off estimates are is not known" in whole


def test_a_past_list_and_its_visits_are_told_in_the_report(tmp_path):
    done = visits("2024Q1", *[("confirmed", "illness")] * 40, *[("not_confirmed", None)] * 30)
    page = report(tmp_path, known=hindsight(cohort("2024Q1"), visited=[done], drifted=drift(risk=0.3)))
    assert "Past estimates were off by −10.0 [" in page
    assert "The scores are far off" in page
    assert "核实的原因与模型归因" in page
    assert "No earlier list yet" not in page


def test_the_page_asks_nothing_of_a_network_and_runs_nothing(whole):
    assert not re.search(r"<script|<link|<img|@import|url\(http", whole)
    assert not re.search(r'(?:src|href)="(?!#)', whole)


def test_pictures_speak_chinese_with_the_readers_fonts(whole):
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", whole)
    assert {"预测风险 predicted risk", "走访比例 % share visited", "本模型", "偏远村：是"} <= set(texts)
    assert "'Noto Sans CJK SC'" in whole


def test_an_evaluation_whose_groups_are_all_too_small_is_told_all_the_same(tmp_path):
    def nothing_shown(folder):
        evaluated_in(folder)
        for name in ("groups", "groups_by_season"):
            path = folder / "tables" / f"{name}.csv"
            table = pl.read_csv(path)
            hidden = [one for one in table.columns if one not in ("origin", "group", "value")]
            write_text(path, table.with_columns(pl.lit(None).alias(one) for one in hidden).write_csv())
        return folder

    assert "偏远村：是" in report(tmp_path, write=nothing_shown)


def test_calibration_is_told_by_season_with_the_lines_that_no_document_states(whole):
    section = whole[whole.index('<h2 id="calibration">') : whole.index('<h2 id="seasons">')]
    assert "rise that came" in section
    assert "No document states these lines" in section
    assert "Calibration by group" in section
    assert "both axes logarithmic" in section


def test_questions_are_answered_yes_no_or_not_shown(whole):
    answers = re.findall(r'class="verdict (good|bad|unsure)">([^<]*)<', whole.split('id="list"')[0])
    assert len(answers) == 9
    assert dict(answers).keys() <= {"good", "bad", "unsure"}


def test_the_same_evaluation_gives_the_same_bytes(tmp_path):
    assert report(tmp_path) == report(tmp_path)


def test_a_leaderboard_that_lacks_a_column_is_refused(tmp_path):
    folder = judgement_in(tmp_path)
    write_text(folder / "tables" / "leaderboard.csv", HEAD.replace("n_positive", "positives"))
    with pytest.raises(StoreError) as refused:
        read_published_evaluation(folder, PARAMS.label.written())
    assert str(refused.value) == (
        f"{folder}: leaderboard.csv is missing or lacks ['n_positive']; run evaluate again (huitou run)"
    )


def test_the_first_screen_says_which_line_and_which_model(whole):
    assert "所用监测线：地区520000，自2025-01-01起每人每年8,400元（delivered: a letter）。" in whole
    assert "champion 2025Q3-0a1b2c3d, promoted by Li on 2025-11-02: better" in whole
    assert whole.index("所用监测线") < whole.index('class="figures"')


def test_the_first_screen_says_who_signed_for_ids_that_look_rounded(tmp_path):
    signed = {"ingest.unrounded_ids": {"household_id": {"by": "李主任", "why": "系统按十编号"}}}
    page = report(tmp_path, ingest=parameters(signed).ingest)
    assert "签字放行：household_id 末尾为零的编号照收，李主任：系统按十编号" in page
    assert "签字放行" not in report(tmp_path / "unsigned")


def causes_in(page):
    """Give the row of the first screen that asks whether causes are true."""
    row = page[page.index("Are the causes named mostly true?") :]
    return row[: row.index("</tr>")]


def test_the_first_screen_says_how_often_causes_are_named_and_true(whole):
    row = causes_in(whole)
    assert " yes</span>" in row  # the page is of the prefecture the truth was measured in
    assert "Of 768 listed households 67% have a named cause and 33% no fresh cause" in row
    assert NAMING.truth.sentences[0][1] in row


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(0.6, 0.8, "yes"), (0.2, 0.4, "no"), (0.4, 0.6, "not shown")]
)
def test_what_visits_found_settles_whether_causes_are_mostly_true(tmp_path, low, high, verdict):
    agreement = {"value": (low + high) / 2, "low": low, "high": high, "n": 90}
    row = causes_in(report(tmp_path, naming=replace(NAMING, agreement=agreement)))
    assert f" {verdict}</span>" in row
    assert "Of 90 households whose causes visits found" in row


def test_of_a_real_register_the_simulators_truth_settles_nothing(tmp_path):
    row = causes_in(report(tmp_path, kind="folder"))
    assert " not shown</span>" in row
    assert NAMING.truth.sentences[0][1] in row


def test_under_a_published_order_nobody_asks_for_the_truth_of_attributions(tmp_path):
    assert "Are the causes named mostly true?" not in report(tmp_path, naming=None)
