"""The report tells a shadow's limits as they were written, and what came of each."""

import polars as pl
import pytest

from models.evaluation.shadow import LINES as EVERY_LINE
from models.evaluation.shadow import NOTHING, held_against
from tests.watchlists.looked_back import hindsight
from tests.watchlists.report.test_page import report
from watchlists.release.past_lists import SHADOWS
from watchlists.report.shadow_section import LINES, allowed, shadow_section

LIMITS = {
    "calibration": (-0.1, 0.1),
    "slope": (0.9, 1.1),
    "groups": (None, 0.05),
    "precision": (0.21, None),
    "alerts": (0.0, None),
    "causes": (0.5, None),
}
CAME = {
    "calibration": {**NOTHING, "value": 0.167, "low": 0.1, "high": 0.22, "n": 983},
    "slope": {**NOTHING, "value": 0.95, "low": 0.9, "high": 1.0, "n": 983},
    "groups": {**NOTHING, "value": 0.04, "n": 983, "detail": "household_size 4-5"},
}


def shadows(season="2024Q1", came=CAME, *, is_open=False):
    facts = {
        "season": season,
        "written_on": "2024-04-03",
        "known_until": "2024-03-31",
        "closes_on": "2025-06-30",
        "code_commit": "0123456789",
        "model_sha256": None,
        "promised_mean_risk": 0.03,
        "promised_precision": 0.25,
        "promised_precision_low": 0.21,
        "promised_precision_high": 0.29,
        "promised_named": 0.6,
    }
    judged = held_against(LIMITS, came, is_open=is_open)
    return judged.with_columns(pl.lit(value).alias(name) for name, value in facts.items()).cast(SHADOWS)[
        list(SHADOWS)
    ]


def test_every_line_has_words():
    assert tuple(LINES) == EVERY_LINE


def test_lines_stand_with_limit_figure_and_verdict():
    (section,) = shadow_section(hindsight(shadows=shadows()))
    assert (section["broken"], section["is_open"], section["commit"], section["model"]) == (
        1,
        False,
        "01234567",
        "–",
    )
    assert section["precision"] == "25.0% [21.0, 29.0]"
    cells = {row["name"][1]: row["cells"] for row in section["rows"]}
    assert cells["mean risk over what came true, less one"] == [
        ("-10% 至 10%", "-10% to 10%"),
        ("16.7% [10.0, 22.0]",),
        ("985",),
        ("未守住", "broken"),
    ]
    assert cells["calibration slope"][1] == ("0.95 [0.90, 1.00]",)
    assert cells["recall of a group below what its risks promised"][1][2] == "4-5"
    assert cells["precision of the list"][1:] == [("–",), ("–",), ("户数太少，不能说", "too few to say")]


def test_one_whose_outcomes_are_open_says_so_and_nothing_else():
    (section,) = shadow_section(hindsight(shadows=shadows("2025Q4", {}, is_open=True)))
    assert section["is_open"]
    assert {row["cells"][3] for row in section["rows"]} == {("未到期", "open")}


@pytest.mark.parametrize("ends", [(None, 0.05), (0.21, None), (0.9, 1.1)])
def test_limits_are_told_in_both_languages(ends):
    zh, en = allowed("slope", *ends)
    numbers = [f"{end:g}" for end in ends if end is not None]
    assert all(one in zh and one in en for one in numbers)


def test_the_report_warns_of_a_broken_line_and_is_silent_without_a_shadow(tmp_path):
    both = pl.concat([shadows(), shadows("2025Q4", {}, is_open=True)])
    text = report(tmp_path, known=hindsight(shadows=both))
    assert "1 broken: stop using the model" in text
    assert "written 2024-04-03" in text
    assert "Written beforehand" not in report(tmp_path / "none")
