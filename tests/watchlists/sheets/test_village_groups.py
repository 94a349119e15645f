"""The group of a village as addresses write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.sheets.village_groups import group_name, group_of


@pytest.mark.parametrize(
    ("address", "village", "group"),
    [
        ("模拟村0239组", "模拟村023", "9"),
        ("云县小湾镇小湾村 3组 12号", "小湾村", "3"),
        ("小湾镇小湾村委会大湾村民小组", "小湾村", "大湾"),
        ("小湾镇小湾村委会大湾村民小组", None, "大湾"),
        ("小湾村第二社", "小湾村", "二"),
        ("小湾村", "小湾村", None),
        ("金丝雀巷42号", "小湾村", None),
        ("", "小湾村", None),
        (None, None, None),
    ],
)
def test_what_follows_the_village_is_its_group(address, village, group):
    assert group_of(address, village) == group


@given(st.sampled_from(["3", "三", "大湾"]), st.sampled_from(["", "组", "小组", "村民小组", "社"]))
def test_however_a_group_is_written_it_is_the_same(name, end):
    assert group_name(f"{name}{end}") == name
