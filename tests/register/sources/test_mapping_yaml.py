"""YAML is read as whoever writes a mapping means it."""

import pytest

from register.errors import ParamsError
from register.sources.mapping_file import load_mapping
from register.sources.mapping_yaml import read_yaml
from tests.register.sources.test_fill import value
from tests.register.sources.test_mapping_file import VILLAGES


@pytest.mark.parametrize("code", ["0123", "12:30", "1_000", "yes", "No", "099", "0x10"])
def test_what_stands_in_a_mapping_is_meant_as_it_stands(tmp_path, code):
    """YAML 1.1 makes 83 of 0123, 750 of 12:30 and true of yes."""
    place = tmp_path / "m.yaml"
    place.write_text(VILLAGES.replace("village_id: 村", f"village_id: {{from: 村, missing: [{code}]}}"))
    (file,) = load_mapping(str(place))
    cell = file.records[0].cells["village_id"]
    assert cell.missing == (code,)
    assert [value(cell, 村=text) for text in (code, "83", "123", "99", "750")] == [
        None,
        "83",
        "123",
        "99",
        "750",
    ]


def unfolding(levels):
    """Each line holds the one before ten times."""
    return "\n".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}' if level else 'x'] * 10)}]"
        for level in range(levels)
    )


@pytest.mark.parametrize("text", [unfolding(12), "a: &a {b: *a}"])
def test_a_mapping_that_unfolds_beyond_reason_is_refused_in_one_short_line(tmp_path, text):
    """Twelve lines make a million million names; a name that holds itself has no end."""
    (tmp_path / "m.yaml").write_text(text)
    with pytest.raises(ParamsError) as refusal:
        read_yaml(tmp_path / "m.yaml")
    assert str(refusal.value) == (
        f"{tmp_path}/m.yaml: unfolds to more than 100000 names and values; write out what it repeats (*name)"
    )


def test_what_repeats_within_reason_is_read(tmp_path):
    (tmp_path / "m.yaml").write_text(unfolding(3))
    assert len(read_yaml(tmp_path / "m.yaml")["a2"][9]) == 10
