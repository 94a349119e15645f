"""Lines belong to the delivery: no region's line is ever used for another."""

from datetime import date

import polars as pl
import pytest

from register.errors import ContractError, HuitouError
from register.faults import SeveralFaults
from register.reference import income_lines
from register.reference.income_lines import status_of
from register.shard import LINES_SCHEMA
from register.sources.open import open_source
from tests.households import household, village_tables, write_folder
from tests.parameters import source_section

HEAD = "region_id,effective_from,amount,period,currency,source\n"
GUIZHOU = HEAD + "520000,2024-01-01,8400,year,CNY,a letter of 2024\n"


def lines(tmp_path, text, name="lines.csv"):
    write_folder(tmp_path, village_tables(household("wu", income=900)))
    (tmp_path / name).write_text(text, encoding="utf-8")
    return open_source(source_section(kind="folder", path=tmp_path)).lines()


def stated(frame, region):
    own = frame.filter(region_id=region)
    return own.select("effective_from", "effective_to", (pl.col("line_per_month") * 12).round()).rows()


def test_a_province_the_program_does_not_know_gives_its_own_line(tmp_path):
    found = lines(tmp_path, GUIZHOU)
    assert dict(found.schema) == LINES_SCHEMA
    (row,) = found.filter(region_id="520000").to_dicts()
    assert (row["effective_from"], row["line_per_month"], row["currency"]) == (date(2024, 1, 1), 700.0, "CNY")
    assert row["origin"] == "delivered: a letter of 2024"
    assert found.filter(pl.col("region_id") != "520000").equals(income_lines())


def test_a_line_that_no_document_states_says_so(tmp_path):
    """The office filled in 2024 itself, between two notices; of 2025 it has the notice."""
    rows = (
        "520000,2024-01-01,8400,year,CNY,interpolated,between two notices\n"
        "520000,2025-01-01,8700,year,CNY,,notice of 2025\n"
    )
    text = HEAD.replace(",source", ",status,source") + rows
    found = lines(tmp_path, text).filter(region_id="520000")
    assert found["origin"].to_list() == [
        "delivered, interpolated: between two notices",
        "delivered: notice of 2025",
    ]
    assert [status_of(one) for one in found["origin"]] == ["interpolated", "sourced"]


def test_a_line_a_month_in_another_currency_is_what_it_says(tmp_path):
    text = HEAD + "central,2009/7/1,30000,month,UGX,UNPS\ncentral,20100701,31000,month,UGX,UNPS\n"
    assert stated(lines(tmp_path, text), "central") == [
        (date(2009, 7, 1), date(2010, 7, 1), 360_000),
        (date(2010, 7, 1), None, 372_000),
    ]


def test_rows_that_are_wrong_are_refused_together(tmp_path):
    text = HEAD + "520000,2024-01-01,8400,yearly,CNY,a\n520000,2025-01-01,x,year,CNY,a\n"
    with pytest.raises(SeveralFaults) as refusal:
        lines(tmp_path, text)
    assert [str(one) for one in refusal.value.faults] == [
        "lines.csv row 2: period: found 'yearly', allowed is year or month; mend it",
        "lines.csv row 3: amount: found 'x', allowed is a number above 0; mend it",
    ]


def test_a_provinces_own_line_replaces_the_cited_one_and_those_of_its_counties(tmp_path):
    found = lines(tmp_path, HEAD + "530000,2024-01-01,9000,year,CNY,a later letter\n")
    assert stated(found, "530000") == [(date(2024, 1, 1), None, 9000)]
    assert stated(found, "532328") == []
    assert len(stated(found, "000000")) > 1


def test_where_a_county_is_silent_its_delivered_province_holds(tmp_path):
    text = HEAD + "520000,2023-01-01,8000,year,CNY,p\n520103,2024-01-01,8600,year,CNY,c\n"
    assert stated(lines(tmp_path, text), "520103") == [
        (date(2023, 1, 1), date(2024, 1, 1), 8000),
        (date(2024, 1, 1), None, 8600),
    ]


def test_without_lines_the_cited_ones_hold(tmp_path):
    write_folder(tmp_path, village_tables(household("wu", income=900)))
    assert open_source(source_section(kind="folder", path=tmp_path)).lines().equals(income_lines())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "520000,2024-01-01,many,year,CNY,x",
            " row 2: amount: found 'many', allowed is a number above 0; mend it",
        ),
        ("520000,2024-01-01,0,year,CNY,x", " row 2: amount: found 0.0, allowed is a number above 0; mend it"),
        (
            "520000,spring,8400,year,CNY,x",
            " row 2: effective_from: found 'spring', allowed is a day such as ",
        ),
        (
            "520000,2024-01-01,8400,week,CNY,x",
            " row 2: period: found 'week', allowed is year or month; mend it",
        ),
        (
            "520000,2024-01-01,8400,year,yuan,x",
            " row 2: currency: found 'yuan', allowed is three capital letters ",
        ),
        (
            "520000,2024-01-01,8400,year,CNY,",
            " row 2: source: not found, allowed is text that is not empty; ",
        ),
        (",2024-01-01,8400,year,CNY,x", " row 2: region_id: not found, allowed is text that is not empty; "),
        ("", ": found no line; fill in a row, or remove it"),
        (
            "520000,2024-01-01,1,year,CNY,x\n520000,2024/1/1,2,year,CNY,y",
            ": region_id 520000 has two lines from 2024-01-01 on; keep one of them",
        ),
    ],
)
def test_a_line_that_says_half_is_refused_by_row_and_column(tmp_path, row, fault):
    with pytest.raises(HuitouError) as refused:
        lines(tmp_path, HEAD + row)
    assert str(refused.value).startswith(f"lines.csv{fault}")


def test_two_files_of_lines_are_refused(tmp_path):
    (tmp_path / "lines.tsv").write_text(GUIZHOU.replace(",", "\t"), encoding="utf-8")
    with pytest.raises(ContractError, match=r"found lines\.tsv beside it; keep one of the two"):
        lines(tmp_path, GUIZHOU)


def test_an_office_adds_its_lines_to_what_a_sender_sealed(tmp_path):
    write_folder(tmp_path, village_tables(household("wu", income=900)))
    (tmp_path / "control.json").write_text("{}", encoding="utf-8")
    assert "520000" in lines(tmp_path, GUIZHOU)["region_id"]
