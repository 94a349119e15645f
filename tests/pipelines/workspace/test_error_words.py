"""Whoever chose Chinese reads an error in Chinese; whatever is not known stands as it was raised."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.workspace import error_words
from pipelines.workspace.error_words import Sentence, catalogue, in_language, language
from pipelines.workspace.stage import run_stage
from register.errors import ContractError, SourceError
from register.faults import SeveralFaults
from tests.parameters import copy_parameters

TITLE = "row 1 seems to be a title; remove what stands above the column names"
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=200)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "county_b: no such folder; check source.path, or run huitou simulate",
            "county_b: 没有这个文件夹；请检查 source.path，或运行 huitou simulate",
        ),
        (
            "C1/houses.csv: found no header; the first row must name the columns",
            "C1/houses.csv: 没有表头；第一行必须写列名",
        ),
        # The order is another one.
        (
            "doctor: found 2 of 9 checks wrong; do what their lines say, then ask again",
            "doctor: 9 项检查中有 2 项不对；照各行所说做，然后再检查",
        ),
        # What is filled in is a sentence itself.
        (
            f"a.csv row 3: found 3 cells, the header has 1; {TITLE}",
            "a.csv 第 3 行: 有 3 格，表头有 1 格；第 1 行像是标题；请删去列名上面的内容",
        ),
        (
            "params.yaml: a.b: found 'x', allowed is a whole number from 1 to 9, or null; mend it",
            "params.yaml: a.b: 填的是 'x'，允许：整数，从 1 到 9，或 null；请改正",
        ),
        (
            "params.yaml: watchlist.hard_groups: found 'x', allowed are old, ill; mend it",
            "params.yaml: watchlist.hard_groups: 填的是 'x'，允许：old, ill；请改正",
        ),
        (
            "--set season: found 'x', allowed is a year and a quarter such as 2025Q4; mend it",
            "--set season: 填的是 'x'，允许：年份加季度，如 2025Q4；请改正",
        ),
        (
            "artifacts/x: No space left on device; make room on that disk, then run again",
            "artifacts/x: 磁盘已满；请在该磁盘上腾出空间，然后重新运行",
        ),
    ],
)  # fmt: skip
def test_an_error_is_said_in_chinese(english, chinese):
    assert in_language(english, "zh") == chinese
    assert in_language(english, "en") == english


@pytest.mark.parametrize(
    "english",
    [
        "a.csv row 2: empty; fill it",
        "a.csv: 读不出 / not a workbook, cut off",
        "a.csv:",
        "",
        "county: ; : ",
    ],
)
def test_what_the_catalogue_does_not_know_stands_as_it_is(english):
    assert in_language(english, "zh") == english


def test_several_faults_keep_their_numbers_and_the_other_files():
    fault = "found no header; the first row must name the columns"
    faults = [
        SourceError(f"C1/a.csv: {fault}"),
        SourceError("b.csv: nobody foresaw this"),
        SourceError(f"C2/a.csv: {fault}"),
    ]
    english = str(SeveralFaults(faults))
    lines = in_language(english, "zh").split("\n")
    assert lines[0] == english.split("\n")[0]
    assert lines[1:] == [
        "  1. C1/a.csv: 没有表头；第一行必须写列名 (同样 likewise: C2/a.csv)",
        "  2. b.csv: nobody foresaw this",
    ]


def test_every_gate_that_refuses_a_run_is_a_line_in_chinese():
    gate = (
        "seasons: found the run has no calibration by season; allowed: 25% either way in every season, for "
        "the rise of the line that came; mend the calibration"
    )
    assert in_language(f"run-1: not promoted, gates not passed: 1\n{gate}", "zh").split("\n") == [
        "run-1: 有 1 关未过，没有批准",
        "seasons: 现为 这次训练没有分季校准；允许 按实际调整的线，每季正负不超过 25%；改好校准",
    ]


@given(LINES)
def test_any_line_comes_through(line):
    assert in_language(line, "en") == line
    assert "\n" not in in_language(line, "zh")


@given(st.text("abc{}0 '[],;:/\\", max_size=60).map(lambda name: f"x{name}"))
def test_a_name_is_filled_in_as_it_stands(name):
    assert name in in_language(f"{name}: protected by a password; save it without one", "zh")


@given(st.lists(st.sampled_from([*": ;,{}()0", "row ", "cell ", "found ", "allowed is "]), max_size=300))
def test_a_long_list_of_separators_comes_to_an_end(pieces):
    in_language(f"a.csv: {''.join(pieces)}", "zh")


@pytest.mark.parametrize("entry", catalogue(), ids=lambda one: one.english[:60])
def test_each_sentence_is_read_as_itself_and_every_value_is_said_once(entry):
    n = entry.english.count("{}")
    values = [f"v{place}" for place in range(n)]
    assert sorted(one for one in values if one in entry.chinese.format(*values)) == values
    assert entry.chinese.count("{") - 2 * entry.chinese.count("{{") == n, "each value stands once"
    said = entry.english.replace("{}", "\0")
    for value in values:
        said = said.replace("\0", value, 1)
    if entry.in_chinese(said):
        assert in_language(said, "zh") == entry.chinese.format(*values)
    else:
        assert in_language(said, "zh") == said, "it leans on a value that is not known"


def test_only_sentences_that_lean_on_another_need_a_known_value():
    leaning = [
        one.english for one in catalogue() if one.english.count("{}") and not one.in_chinese(_filled(one))
    ]
    assert sorted(leaning) == sorted(LEANING)


LEANING = ["{}: {}", "{}: {}; {}", "{} row {}: {}; {}", "{} cell {}: {}", "{}: missing; {}", "--set {}"]


def _filled(entry):
    return "v".join(entry.english.split("{}"))


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "HUITOU_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "HUITOU_LANG": "EN"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "HUITOU_LANG": "klingon"}, "zh"),
        ({"HUITOU_LANG": "klingon"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_else_that_of_the_system(environment, chosen):
    assert language(environment) == chosen


def test_a_stage_says_it_in_chinese_and_notes_it_in_english(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    copy_parameters(tmp_path)
    monkeypatch.setenv("HUITOU_LANG", "zh")
    english = "a.csv: found no header; the first row must name the columns"

    def main(*_):
        raise ContractError(english)

    with pytest.raises(SystemExit) as left:
        run_stage(main)
    assert left.value.code == 4
    assert capsys.readouterr().err.splitlines()[-1] == "huitou: a.csv: 没有表头；第一行必须写列名"
    assert json.loads((tmp_path / "artifacts/failure.json").read_text())["message"] == english


def test_a_catalogue_that_cannot_be_opened_hides_no_error(monkeypatch):
    def refuse():
        raise OSError(24, "Too many open files")

    monkeypatch.setenv("HUITOU_LANG", "zh")
    monkeypatch.setattr(error_words, "catalogue", refuse)
    assert error_words.in_chosen_language("a: b", "utf-8") == "a: b"


@pytest.mark.parametrize(
    ("encoding", "word"), [("gb18030", "密码"), ("latin-1", "password"), ("ascii", "password")]
)
def test_a_terminal_without_chinese_is_told_in_english(monkeypatch, encoding, word):
    monkeypatch.setenv("HUITOU_LANG", "zh")
    english = "a.xlsx: protected by a password; save it without one"
    assert word in error_words.in_chosen_language(english, encoding)


def test_a_sentence_knows_its_values():
    sentence = Sentence("{}: {} rows; mend", "{1} 行，{0}")
    assert sentence.values("a: 3 rows; mend") == ("a", "3")
    assert sentence.values("a: rows; mend it") is None
