"""A row is as high as its text needs: nothing is cut, and little is empty."""

import re
import subprocess
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.handed_out import opened
from tests.watchlists.lists import FALLS, LINE, listed_row, reference_names
from watchlists.reasons.household_view import household_view
from watchlists.sheets.cell_room import MOST_HEIGHT, line_heights, row_height, sign_width
from watchlists.sheets.workbook import write_workbook

TEXTS = st.text(st.sampled_from("户主住院自付，。 aiM0-1,800元\n"), max_size=60)
WIDTHS = st.integers(4, 40)


@given(TEXTS, WIDTHS)
def test_a_wider_column_never_needs_more_lines(text, width):
    assert len(line_heights(text, width + 3, 10.5)) <= len(line_heights(text, width, 10.5))


@given(TEXTS, WIDTHS)
def test_there_is_room_for_all_signs(text, width):
    for line in text.split("\n"):
        room = width * 7 / 14 * len(line_heights(line, width, 10.5))
        assert sum(map(sign_width, line.strip())) <= room + 1e-9


@given(TEXTS, TEXTS, WIDTHS)
def test_a_row_is_as_high_as_the_tallest_of_its_cells(one, two, width):
    both = row_height([(one, width), (7, 3), (two, width)], 10.5)
    assert both == max(row_height([(one, width)], 10.5), row_height([(two, width)], 10.5))


def test_a_number_that_would_be_parted_goes_to_the_next_line():
    assert len(line_heights("户主自付1,800", 11, 10.5)) == 2
    assert len(line_heights("户主自付额多少", 14, 10.5)) == 1


def test_a_word_longer_than_a_line_begins_one_and_is_broken():
    assert len(line_heights("not confirmed", 8, 10.5)) == 3
    assert len(line_heights("confirmed", 8, 10.5)) == 2


def test_bold_letters_need_more_room_and_no_row_is_higher_than_a_sheet_allows():
    assert row_height([("户主户主", 8)], 10.5, bold=True) > row_height([("户主户主", 8)], 10.5)
    assert row_height([("户" * 9000, 8)], 10.5) == MOST_HEIGHT


@pytest.mark.parametrize("language", ["zh", "en"])
def test_libreoffice_cuts_no_text_and_leaves_little_room_empty(tmp_path, language):
    """The real program: it lays the rows out itself once heights are taken away, and is compared."""
    rows = [listed_row(f"H{n}", rank=n, **story) for n, story in enumerate(STORIES, 1)]
    views = [household_view(row, reference_names(), language) for row in rows]
    path = tmp_path / "T1.xlsx"
    write_workbook(path, views, "C1 T1 2025Q4", "2025Q4-0123456789abcdef", FALLS, LINE, language)
    ours, fitted = opened(path)["名单"], fitted_by_libreoffice(path, tmp_path)["名单"]
    heights = {n: (ours.row_dimensions[n].height, fitted.row_dimensions[n].height) for n in (2, 3)}
    assert all(own >= needed - 0.5 for own, needed in heights.values()), heights
    empty = sum(own - needed for own, needed in heights.values())
    assert empty <= EMPTY[language] * sum(needed for _, needed in heights.values()), heights


#: A widow's bill with two measures in force, and a family that has much against it and much to check.
STORIES = (
    {
        "now_zh": [
            "户主（71岁）看病自付12,300元（住院2次），最近一次2025年11月",
            "人均收入比一年前少1,800元",
        ],
        "now_en": [
            "head (71): paid 12,300 yuan for treatment (hospital stays: 2), last 2025-11",
            "income fell",
        ],
        "standing_zh": ["人均年收入约10,000元（扣除自付医疗费），比监测线高1,300元", "2口人，0人能劳动"],
        "standing_en": [
            "income about 10,000 yuan a person and year, 1,300 yuan above the line",
            "two people",
        ],
    },
    {
        "standing_zh": [
            "近四次核算中有3次低于监测线",
            "偏远或边境村",
            "3人在读",
            "户主（54岁）长期慢性病或大病",
        ],
        "standing_en": ["below the line at 3 of the last four readings", "remote", "3 at school", "ill"],
    },
)
#: So much more than LibreOffice needs may be empty: in English its fallback font stands lower than Excel's.
EMPTY = {"zh": 0.12, "en": 0.35}


def fitted_by_libreoffice(path, folder):
    """Let LibreOffice choose every row's height: without one, and told that it may."""
    bare, flat = folder / "bare.xlsx", folder / "bare.fods"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(bare, "w") as after:
        for name in before.namelist():
            part = re.sub(rb' ht="[^"]*" customHeight="1"', b"", before.read(name))
            after.writestr(name, part)
    convert(bare, "fods", folder)
    text = re.sub(r'(<style:table-row-properties) style:row-height="[^"]*"', r"\1", flat.read_text("utf-8"))
    flat.write_text(text.replace('row-height="false"', 'row-height="true"'), encoding="utf-8")
    convert(flat, "xlsx:Calc MS Excel 2007 XML", folder / "fitted")
    return opened(folder / "fitted" / "bare.xlsx")


def convert(path, form, folder):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, path]
    subprocess.run([*map(str, command)], check=True, capture_output=True)
