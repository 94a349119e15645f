"""Every sheet says which line incomes were held against."""

import pytest

from tests.watchlists.lists import COUNTY_LINE
from watchlists.line_words import UNKNOWN_LINE, UNTOLD_LINE, line_of_county, line_used, money


@pytest.mark.parametrize(
    ("currency", "words"),
    [("CNY", ("8,400元", "8,400 yuan")), ("UGX", ("8,400 UGX", "8,400 UGX"))],
)
def test_money_goes_by_its_word_or_its_code(currency, words):
    assert money(8400.4, currency) == words


def test_the_line_is_told_with_region_amount_day_and_what_it_rests_on():
    assert line_used(COUNTY_LINE) == (
        "所用监测线：地区520000，自2025-01-01起每人每年8,400元（delivered: a letter）。",
        "Line used: region 520000, 8,400 yuan a person and year since 2025-01-01 (delivered: a letter).",
    )


@pytest.mark.parametrize(
    ("origin", "zh_end", "en_end"),
    [
        (
            "interpolated: between two notices",
            "此线插补，没有文件依据，请核实。",
            " This line is interpolated, no document states it; check it.",
        ),
        (
            "unverified: floor of 2022",
            "此线未核实，没有文件依据，请核实。",
            " This line is unverified, no document states it; check it.",
        ),
        ("sourced: a notice", "（有文件：a notice）。", "(sourced: a notice)."),
    ],
)
def test_a_line_that_no_document_states_is_told_with_a_caution(origin, zh_end, en_end):
    zh, en = line_used({**COUNTY_LINE, "origin": origin})
    assert zh.endswith(zh_end)
    assert en.endswith(en_end)


def test_where_amounts_are_not_told_the_line_is_named_all_the_same():
    zh, en = line_used({**COUNTY_LINE, "currency": ""})
    assert "8,400" not in zh + en
    assert en == "Line used: region 520000, since 2025-01-01 (delivered: a letter)."


def test_no_countys_line_is_told_for_another_and_an_older_release_tells_none():
    assert line_of_county({"c1": COUNTY_LINE}, "c1") == line_used(COUNTY_LINE)
    assert line_of_county({"c1": COUNTY_LINE}, "c2") == UNKNOWN_LINE
    assert line_of_county(None, "c1") == UNTOLD_LINE


def test_a_caution_stands_before_the_line():
    zh, en = line_of_county(None, "C1", ("未检验。", "Untested."))
    assert zh.startswith("未检验。")
    assert en.startswith("Untested. Line used")


@pytest.mark.parametrize(
    ("origin", "en"),
    [
        ("sourced: 云农办通〔2025〕1号, DOMAIN 1.2 [S15]", "(sourced: 云农办通〔2025〕1号)."),
        ("sourced: half of it, DOMAIN 1.2 [S3][M]", "(sourced: half of it)."),
    ],
)
def test_on_a_sheet_a_document_stands_and_no_page_of_the_project(origin, en):
    _, said = line_of_county({"C1": {**COUNTY_LINE, "origin": origin}}, "C1")
    assert said.endswith(en)
