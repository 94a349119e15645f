"""A workbook that came back through WPS Office, imitated (tests/watchlists/wps.py): nothing is lost."""

from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pytest

from tests.watchlists.handed_out import FOUND, filled, released
from tests.watchlists.lookbacks.test_sheet import EXPECTED, rows_of, sorted_and_filtered
from tests.watchlists.wps import saved_by_wps
from watchlists.lookbacks.sheet import read_filled

TYPED = {2: {**FOUND, "visited_on": datetime(2026, 2, 3)}, 4: {"result": "已迁出"}}  # noqa: DTZ001


@pytest.mark.parametrize("separator", ["/", "\\"])
@pytest.mark.parametrize("change", [None, sorted_and_filtered])
def test_what_wps_saves_is_read_as_it_was_filled_in(tmp_path, change, separator):
    before = filled(released(tmp_path), tmp_path / "a.xlsx", TYPED, change)
    after = saved_by_wps(before, tmp_path / "b.xlsx", separator)
    one, two = read_filled(before), read_filled(after)
    assert (two.season, two.list_id) == (one.season, one.list_id)
    assert two.sheet.frame.equals(one.sheet.frame)
    assert two.sheet.rows.equals(one.sheet.rows)
    assert two.sheet.findings == one.sheet.findings == ()
    assert rows_of(after)["H1"] == EXPECTED


def test_the_imitation_differs_in_what_it_says_it_does(tmp_path):
    """Else the test above would hold a file against itself."""
    path = saved_by_wps(filled(released(tmp_path), tmp_path / "a.xlsx", TYPED), tmp_path / "b.xlsx")
    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
        assert 'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"' in sheet
        assert '<dimension ref="A1" />' in sheet
        assert "inlineStr" not in sheet
        assert "<v>46056</v>" in sheet
    dated = openpyxl.load_workbook(path)["回头看"]["E2"]
    assert dated.is_date
    assert dated.number_format == 'yyyy"年"m"月"d"日";@'
