"""The workbooks of a month, as any program opens them."""

import polars as pl
import pytest

from register.reference.monthly_forms import form_columns
from register.reference.proposed_groups import proposed_groups
from tests.watchlists.handed_out import opened
from tests.watchlists.monthly.months import JANUARY, due, home, known, visit
from watchlists.monthly.books import write_county, write_village
from watchlists.monthly.cases import month_cases
from watchlists.monthly.rows import Reading
from watchlists.monthly.statistics import TOWNSHIP

#: A widower whose wages fell away, known by name to the vault; his neighbour was not at home.
PEOPLE = {"H1": {"head": "欧阳金丝雀", "address": "V1村9组", "phone": "19900004242"}}
TOWNSHIPS = pl.DataFrame([("C1", "T1"), ("C1", "T2")], schema=TOWNSHIP, orient="row")


@pytest.fixture
def cases():
    found = visit(causes_found=["illness"], measures_begun=["health", "social"])
    shut = visit("H2", result="not_at_home")
    homes = [home(over_line=0.8), home("H2")]
    return month_cases(
        known([due(), due("H2", township="T2")], [found, shut], homes=homes), JANUARY, proposed_groups()
    )


def reading(language="zh", people=PEOPLE):
    return Reading(JANUARY, "2026-02-05", language, people)


def table(sheet):
    """Give the rows below the headings of a sheet, by the first line of their heads."""
    lines = list(sheet.iter_rows(values_only=True))
    first = next(number for number, line in enumerate(lines) if line[1] is not None)
    return lines[first:]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_total_of_the_county_is_the_sum_of_its_townships(tmp_path, cases, language):
    write_county(tmp_path / "C1.xlsx", "C1", cases, TOWNSHIPS, reading(language))
    rows = table(opened(tmp_path / "C1.xlsx")["统计表"])
    counts = [row for row in rows if isinstance(row[1], int)]
    *townships, total = counts
    assert [row[0] for row in townships] == ["T1", "T2"]
    for column in zip(*counts, strict=True):
        if isinstance(column[-1], int):
            assert sum(column[:-1]) == column[-1]
    assert total[1:5] == (2, 1, 1, 1)


def test_what_no_visit_tells_stays_empty(tmp_path, cases):
    write_county(tmp_path / "C1.xlsx", "C1", cases, TOWNSHIPS, reading())
    rows = table(opened(tmp_path / "C1.xlsx")["统计表"])
    place = rows[0].index("拟消除")
    assert {row[place] for row in rows[2:5]} == {None}


def test_the_detail_names_every_household_of_the_month(tmp_path, cases):
    write_county(tmp_path / "C1.xlsx", "C1", cases, TOWNSHIPS, reading())
    rows = table(opened(tmp_path / "C1.xlsx")["明细表"])
    assert rows[0] == tuple(one.zh for one in form_columns("detail"))
    assert [row[3] for row in rows[1:3]] == ["欧阳金丝雀", "H2"]
    assert [row[9] for row in rows[1:3]] == ["风险属实", "户主不在家"]


def test_the_meeting_decides_on_those_proposed_with_room_for_it(tmp_path, cases):
    write_village(tmp_path / "V1.xlsx", "meeting", "V1村", cases.filter(household_id="H1"), reading())
    sheet = opened(tmp_path / "V1.xlsx")["评议"]
    words = " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
    assert words.startswith("V1村 2026年1月")
    for wanted in ("欧阳金丝雀", "因病", "边缘易致贫户", "评议意见", "村民代表签字", "没有评分"):
        assert wanted in words
    assert "19900004242" not in words


@pytest.mark.parametrize("people", [PEOPLE, {}])
def test_the_notice_tells_nothing_that_must_not_be_posted(tmp_path, cases, people):
    write_village(
        tmp_path / "V1.xlsx", "notice", "V1村", cases.filter(household_id="H1"), reading("zh", people)
    )
    sheet = opened(tmp_path / "V1.xlsx")["公示"]
    words = " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
    for hidden in ("欧阳", "金丝雀", "19900004242", "因病", "健康帮扶", "社会帮扶", "风险", "C1"):
        assert hidden not in words
    assert ("欧**" if people else "H1") in words
    assert "不少于5天" in words
