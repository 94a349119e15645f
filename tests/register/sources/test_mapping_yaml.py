"""YAML is read as whoever writes a mapping means it."""

import pytest

from register.sources.mapping_file import load_mapping
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
