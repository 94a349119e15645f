"""Whoever follows a next step to the letter is not sent on to the next refusal."""

import re
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.advice.ids import IDS, REFERENCES
from tests.advice.literals import sentences
from tests.advice.offices import office, set_aside, write
from tests.advice.reasons import ROWS

EVERY = (*ROWS, *IDS, *REFERENCES)
#: Bilingual, and no reason against a row of a folder.
OTHERS = {
    "register/contract.py": "descriptions of columns",
    "register/dictionary.py": "the generated reference",
    "register/faults.py": "the heading of several refusals: tests/register/test_faults.py",
    "register/intake/ingest.py": "the heading of delivery.md",
    "register/sources/csv_text.py": "notes of delivery.md",
    "register/sources/example_row.py": "a note of delivery.md",
    "register/sources/fill.py": "what a mapping does not list: tests/register/sources/test_mapping.py",
    "register/sources/folder.py": "a note of delivery.md",
    "register/sources/header.py": "part of a refusal: test_refusals.py",
    "register/sources/mapped.py": "notes of delivery.md",
    "register/sources/notes.py": "notes of delivery.md",
    "register/proposal/mapping_text.py": "comments of a proposed mapping",
    "register/proposal/shipped.py": "a comment of a proposed mapping",
    "register/sources/panel/telling.py": "figures and notes of `huitou check` and delivery.md on a panel",
    "register/sources/sql.py": "a note of delivery.md",
}

#: Sentences of modules of reasons that are none, or that no table of text can bring about.
APART = {
    "隐藏的工作表未读取": "a note of delivery.md",
    "表头重复出现的行未读取": "the same",
    "pandas 的行号列未读取": "the same",
    "单元格在文件中出现两次": "a spoilt workbook: tests/register/sources/test_workbook.py",
    "打开后另存为 .xlsx，核对该值": "the same",
    "代码未知或多于": "columns of look-backs alone: tests/register/cells/test_several.py",
    "用分号隔开": "the same",
}


@cache
def said(number):
    """Give reason and next step of every row that is set aside when one thing is spoilt."""
    delivery, advice = office(), EVERY[number]
    advice.spoil(delivery)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "spoilt", delivery, advice.kind)
        return set_aside(Path(folder) / "spoilt", whole=False).select("reason", "next_step").unique().rows()


@pytest.mark.parametrize("number", range(len(EVERY)), ids=[one.says[:60] for one in EVERY])
def test_who_follows_the_next_step_is_accepted(number, tmp_path):
    delivery, advice = office(), EVERY[number]
    reasons = [reason.partition(" / ")[2] for reason, _ in said(number)]
    assert any(reason.startswith(advice.says) for reason in reasons), reasons
    advice.spoil(delivery)
    advice.follow(delivery)
    assert set_aside(write(tmp_path / "mended", delivery, advice.kind)).rows() == []


def test_every_reason_and_every_next_step_of_the_code_is_followed_here():
    """A new reason needs a line in the tables beside this file."""
    told = {text for number in range(len(EVERY)) for pair in said(number) for text in pair}
    known = {path: patterns for path, patterns in sentences().items() if path not in OTHERS}
    lacking = {
        (path, one.pattern)
        for path, patterns in known.items()
        for one in patterns
        if not any(re.escape(text) in one.pattern for text in APART)
        and not any(one.fullmatch(text) for text in told)
    }
    assert lacking == set()
    assert OTHERS.keys() <= sentences().keys()
