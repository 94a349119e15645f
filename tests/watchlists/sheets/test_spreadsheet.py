import csv
import re
from datetime import date

import polars as pl
import pytest

from tests.watchlists.injections import INJECTIONS
from watchlists.sheets.spreadsheet import DANGEROUS, safe_cell, write_csv


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_cell_of_a_csv_begins_a_formula(tmp_path, text):
    write_csv(tmp_path / "list.csv", pl.DataFrame({"id": [text], "rules": [[text]]}))
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as opened:
        _, row = csv.reader(opened)
    assert not [cell for cell in row if re.match(DANGEROUS, cell)]


def test_numbers_stay_numbers_and_the_file_says_it_is_utf8(tmp_path):
    frame = pl.DataFrame({"phi": [-0.5], "day": [date(2025, 12, 31)], "rules": [["a", "b"]], "none": [None]})
    write_csv(tmp_path / "list.csv", frame)
    assert (tmp_path / "list.csv").read_bytes() == b"\xef\xbb\xbfphi,day,rules,none\n-0.5,2025-12-31,a;b,\n"


def test_an_ordinary_id_is_left_as_it_is():
    assert safe_cell("5301-0007") == "5301-0007"
