"""Which line holds where stands on the screen before anything is made of a delivery."""

from datetime import date

import polars as pl
import pytest

from pipelines.commands.check_lines import lines_by_region
from register.reference import income_lines
from register.shard import LINES_SCHEMA


def said(regions, lines=None):
    heading, *rest = lines_by_region(regions, income_lines() if lines is None else lines, "2025Q4")
    assert heading == "监测线 income lines, 2025-12-31 (season 2025Q4):"
    return "\n".join(rest)


def guizhou(since):
    row = ("520000", since, None, 700.0, "CNY", "delivered: a letter")
    return pl.DataFrame([row], schema=LINES_SCHEMA, orient="row")


def test_counties_of_one_region_stand_together_beside_its_cited_line():
    words = said({"C1": ["530000"], "C2": ["530000"]})
    assert words.count("8,700") == 2  # once in each language
    assert "有 yes 530000 (C1, C2): 所用监测线：地区530000" in words
    assert words.endswith("自带的默认值，可由 lines.csv 替换 / cited default, lines.csv replaces it")


def test_a_delivered_line_is_said_to_be_the_deliverys():
    words = said({"C1": ["520000"]}, guizhou(date(2025, 1, 1)))
    assert "Line used: region 520000, 8,400 yuan a person and year since 2025-01-01" in words
    assert words.endswith("交付的 lines / lines of the delivery")


@pytest.mark.parametrize(
    ("regions", "since", "words"),
    [
        (
            ["330000"],
            date(2025, 1, 1),
            "无 NO  330000 (C1): 没有监测线，写进 lines.csv / no line; give it in",
        ),
        (
            ["520000"],
            date(2026, 7, 1),
            "该日尚无监测线，2026-07-01才开始；在 lines.csv 补充 / none on that day",
        ),
        ([], date(2025, 1, 1), "C1: 采纳的行政村没有地区 region_id"),
    ],
)
def test_a_region_without_a_line_is_named_with_the_next_step(regions, since, words):
    assert words in said({"C1": regions}, guizhou(since))


def test_of_many_counties_some_are_named():
    assert "(C1, C2, C3, C4, C5 (+2))" in said({f"C{place}": ["530000"] for place in range(1, 8)})
