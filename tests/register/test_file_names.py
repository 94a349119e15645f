"""One id, one name: on every file system, in every script."""

import os
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from register.atomic import write_text
from register.file_names import DEVICES, HASHED, MOST_BYTES, file_stem, folded

#: Ids as people make them, and as nobody should: long ones share their beginning.
IDS = st.one_of(
    st.text(max_size=12),
    st.text("aAbBéÉßẞſK./\\ ~%", max_size=6),
    st.text("镇乡", min_size=60, max_size=90),
    st.sampled_from(sorted(DEVICES)),
)
FORBIDDEN = set('<>:"/\\|?*. ') | {chr(code) for code in (*range(32), 127)}


@given(IDS, IDS)
@example("K", "\N{KELVIN SIGN}")
@example("É", "E\N{COMBINING ACUTE ACCENT}")
@example("SS", "ẞ")
@example("T01", "t01")
@example("镇" * 70, file_stem("镇" * 70))
def test_different_ids_have_different_names_on_every_file_system(one, other):
    assume(one != other)
    assert folded(file_stem(one)) != folded(file_stem(other))


@given(IDS)
def test_a_name_is_short_and_holds_nothing_that_a_file_system_gives_a_meaning(place):
    name = file_stem(place)
    assert 0 < len(name.encode()) <= MOST_BYTES
    assert not FORBIDDEN & set(name)
    assert name.isprintable()
    assert unicodedata.normalize("NFKC", name).upper() not in DEVICES


@pytest.mark.parametrize("place", ["530901T01", "530100-07", "小湾镇", "凤庆县（新）", "COUNTY"])
def test_the_names_people_use_stay_as_they_are(place):
    assert file_stem(place) == place


def test_what_leads_elsewhere_is_encoded():
    assert (file_stem("../A"), file_stem("C:\\T1")) == ("%2E%2E%2FA", "C%3A%5CT1")


def test_a_name_of_thirty_five_characters_written_out_stays_readable_whole():
    """Percent-encoded it was 315 bytes, more than a name may have."""
    place = "临沧市凤庆县" + "小湾镇" * 10
    assert file_stem(place) == place


@pytest.mark.parametrize("place", ["镇" * 300, "t" * 300, "/" * 300])
def test_the_longest_names_can_be_written_aside_and_then_renamed(tmp_path, place):
    name = file_stem(place)
    assert HASHED in name
    for suffix in (".xlsx", ".parquet"):
        assert len(f".{name}{suffix}.{2**22}.tmp".encode()) <= os.pathconf(tmp_path, "PC_NAME_MAX")
        write_text(tmp_path / f"{name}{suffix}", "whole")
