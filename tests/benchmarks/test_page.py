"""The page is made of the kept records and of nothing else."""

from pathlib import Path

from benchmarks.__main__ import PAGE, RECORDS, TITLES
from benchmarks.page import page
from benchmarks.record import Record, Table, read_records

DOCS = Path(__file__).parents[2] / "docs"
ROWS = [{"": "ours", "CPU s": 1234.5, "rows": 12345}, {"": "theirs", "CPU s": None, "rows": 0.0123}]
RECORD = Record(
    "2026-11-30",
    "0123456789ab",
    "2 x Xeon",
    {"Python": "3.11"},
    (1.0, 2.5),
    [Table("Costs", ROWS)],
    ["a note"],
)

WHERE = "2026-11-30, commit 0123456789ab; 2 x Xeon"


def test_the_page_in_docs_is_that_of_the_records_in_docs():
    kept = page(read_records(DOCS / RECORDS), TITLES)
    assert (DOCS / PAGE).read_text(encoding="utf-8") == kept, "python -m benchmarks --rewrite"


def test_a_section_says_when_where_and_of_which_code_it_is():
    section = page({"stages": RECORD}, {"stages": "Stages"}).split("## Stages")[1]
    assert section.splitlines()[2:] == [
        f"`python -m benchmarks --only stages`, {WHERE}; load 1.0 before and 2.5 after; Python 3.11.",
        "",
        "Costs",
        "",
        "|  | CPU s | rows |",
        "| --- | --- | --- |",
        "| ours | 1,234 | 12,345 |",
        "| theirs |  | 0.0123 |",
        "",
        "- a note",
    ]


def test_what_was_never_measured_says_how_it_is():
    assert page({}, {"features": "Features"}).endswith(
        "## Features\n\nNot measured yet: `python -m benchmarks --only features`.\n"
    )
