"""A mapping renames and recodes; whatever else it tries is refused before any file is opened."""

import pytest

from register.errors import ParamsError
from register.sources.mapping_file import load_mapping

VILLAGES = """
files:
  - path: "{exported_on}/村*"
    county: 县
    records:
      - table: villages
        columns:
          village_id: 村
          township_id: 乡
          county_id: 县
          region_id: {constant: "530000"}
          valid_from: {given: exported_on}
          recorded_on: {given: exported_on}
"""


def refusal_of(tmp_path, text):
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as refusal:
        load_mapping(str(tmp_path / "m.yaml"))
    return str(refusal.value).removeprefix(f"{tmp_path}/m.yaml")


FILE = ": files item 1"
RECORD = f"{FILE}.records item 1"
CELL = f"{RECORD}.columns.village_id"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("files:", "file:", ": found no list of files; see docs/sources.md"),
        ("county: 县", "county: [", " line 6: not readable as YAML; mend indents, colons and doubled names"),
        ("county: 县", "country: 县", FILE + ".country: no such parameter; the nearest is "),
        ("village_id: 村", "name: 村", FILE + ": villages has no required ['village_id']; add them"),
        ("village_id: 村", "village_id: 2024-99-99", ": not readable as YAML"),
        ("village_id: 村", "village_id: {[a]: 5}", " line 8: not readable as YAML"),
    ],
)
def test_what_a_mapping_can_not_say_is_refused_by_place(tmp_path, old, new, message):
    assert refusal_of(tmp_path, VILLAGES.replace(old, new)).startswith(message)


def test_codes_outside_the_contract_and_records_made_twice_are_refused(tmp_path):
    record = VILLAGES[VILLAGES.index("      - table") :]
    assert refusal_of(tmp_path, VILLAGES + record) == (
        ": ['villages'] is made twice of the same row; tell them apart by one_for_each"
    )
    housing = VILLAGES + (
        "      - table: housing\n        columns: {household_id: 户, occurred_on: 日, recorded_on: 日,\n"
        "          grade: {from: 级, codes: {甲: Z}}}\n"
    )
    assert refusal_of(tmp_path, housing) == (
        f"{FILE}.records item 2: housing.grade: found codes ['Z'], "
        "allowed are ['A', 'B', 'C', 'D']; mend them"
    )


def test_a_mapping_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ParamsError) as refusal:
        load_mapping("nowhere.yaml")
    assert str(refusal.value) == (
        "nowhere.yaml: no such mapping; source.mapping is a YAML file or one of "
        "['national_exports', 'national_exports_monthly']"
    )


@pytest.mark.parametrize("records", ["5", "[]", "{}"])
def test_a_file_without_records_is_refused(tmp_path, records):
    text = f"files: [{{path: a.csv, county: 县, records: {records}}}]"
    assert "allowed is a list of 1 or more" in refusal_of(tmp_path, text)


@pytest.mark.parametrize("entry", ["../m.yaml", "/etc/passwd", "out/../../m.yaml", "link"])
def test_a_file_mapping_outside_the_folder_is_not_opened(tmp_path, entry):
    (tmp_path / "in").mkdir()
    (tmp_path / "m.yaml").write_text(VILLAGES, encoding="utf-8")
    (tmp_path / "in/link").symlink_to(tmp_path / "m.yaml")
    (tmp_path / "in/own.yaml").write_text(f"files: [{entry}]", encoding="utf-8")
    with pytest.raises(ParamsError) as refusal:
        load_mapping(str(tmp_path / "in/own.yaml"))
    assert str(refusal.value) == (
        f"{tmp_path}/in/own.yaml: files item 1 lies outside its folder; put that file there"
    )
