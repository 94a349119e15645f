"""The page says what the gate is, and names what it withholds."""

from datetime import date

from studies.ending_help.figures import LEAST, by_measure
from studies.ending_help.report import write_report
from tests.parameters import parameters
from tests.studies.ending_help.test_figures import rows

RULES = parameters({"ending_help.least": 77, "ending_help.least_without": 66}).ending_help


def page(folder, judged):
    write_report(folder / "page.md", by_measure(judged), RULES, ["2024Q1"], date(2025, 1, 2))
    return (folder / "page.md").read_text(encoding="utf-8")


def test_the_gate_is_told_with_its_parameters(tmp_path):
    text = page(tmp_path, rows([0.02] * LEAST, [0.01] * LEAST))
    assert "at least\n77 households" in text
    assert "fewer than 66 households" in text
    assert "2024Q1" in text
    assert "| health | 30 | 30 | 2.00 [2.00, 2.00] | 1.00 [1.00, 1.00] | 1.00 [1.00, 1.00] | – |" in text


def test_a_measure_that_is_told_nowhere_is_named(tmp_path):
    judged = rows([-0.02] * LEAST, [0.01] * LEAST)
    assert "in none of the seasons: none." in page(tmp_path, judged)
    judged = judged.with_columns(standing=judged["standing"].replace("told", "contradicts"))
    text = page(tmp_path, judged)
    assert "in none of the seasons: health." in text
    assert "−2.00" in text
