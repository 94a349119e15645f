from pathlib import Path

import polars as pl
import pytest

from features.declaration import GROUPS
from studies.fairness.report import TRIED, write_report
from studies.fairness.study import study
from tests.parameters import parameters
from tests.studies.fairness.rows import judged_with_truth

ROOT = Path(__file__).parents[3]
EVALUATION = parameters({"evaluate.bootstrap": 60, "evaluate.risk_bands": 10}).evaluate


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    target = tmp_path_factory.mktemp("docs") / "fairness.md"
    findings = study(judged_with_truth(), EVALUATION)
    part = {"group": "household_size", "value": "4-5", "n": 600, "margin": -0.3}
    parts = pl.DataFrame([part | dict.fromkeys(GROUPS, 0.0) | {"employment": -0.3}])
    ends = {"change_low": 0.9, "change_high": 1.8}
    lines = [
        {"group": "precision", "value": "", "one_line": 30.3, "by_class": 30.7, "change": 0.4, **ends},
        {
            "group": "household_size",
            "value": "4-5",
            "one_line": -3.8,
            "by_class": -2.4,
            "change": 1.4,
            **ends,
        },
    ]
    write_report(target, findings, parts, 10, pl.DataFrame(lines))
    return target.read_text(encoding="utf-8")


def test_every_table_has_a_heading_and_rows_of_one_width(page):
    tables = [one for one in page.split("\n\n") if one.startswith("|")]
    assert len(tables) >= 4
    for table in tables:
        assert len({line.count("|") for line in table.strip().splitlines()}) == 1


def test_the_reason_of_a_gap_is_told_of_every_group_missed(page):
    assert "- **household size 4-5**: -" in page
    assert "employment -0.30" in page


def test_the_hidden_poor_are_told_as_a_ratio(page):
    assert "| everybody | " in page
    assert " : 1 |" in page


def test_what_lines_of_classes_change_is_told_with_its_precision(page):
    assert "| precision | 30.3 | 30.7 | +0.4 [+0.9, +1.8] |" in page
    assert "| household size 4-5 | -3.8 | -2.4 | +1.4 [+0.9, +1.8] |" in page


def test_without_lines_of_classes_none_are_told_of(tmp_path):
    findings = study(judged_with_truth(), EVALUATION)
    write_report(tmp_path / "fairness.md", findings, pl.DataFrame(), 10)
    assert "lines of classes do" not in (tmp_path / "fairness.md").read_text(encoding="utf-8")


def test_no_placeholder_is_left(page):
    assert "{" not in page


def test_what_was_tried_stays_when_the_page_is_written_anew(page):
    tried = TRIED.read_text(encoding="utf-8")
    assert f"\n\n{tried}\n## " in page
    assert f"\n\n{tried}\n## " in (ROOT / "docs/fairness.md").read_text(encoding="utf-8")
