"""A proposed mapping is YAML that loads, and says of every guess that it is one."""

import pytest

from register.proposal.mapping_text import CONFIRM, mapping_text, written
from register.sources.mapping_file import load_mapping
from register.sources.mapping_yaml import read_yaml
from tests.register.proposal import folders
from tests.register.proposal.test_records import files


@pytest.mark.parametrize(
    "cell",
    [
        "户编号",
        "a: b",
        "no",
        "null",
        "01",
        "x # y",
        "",
        "[",
        "a,b",
        "{x}",
        "与村主干路距离（公里）",
        "- a",
        '"',
        "a\\b",
        "é'",
    ],
)
def test_any_header_comes_back_as_it_is(tmp_path, cell):
    for content in (
        cell,
        {"from": cell, "codes": {cell: None, "1": cell}},
        {"add": [cell, cell], "factor": 13},
    ):
        (tmp_path / "a.yaml").write_text(f"cell: {written(content)}\n", encoding="utf-8")
        assert read_yaml(tmp_path / "a.yaml")["cell"] == content


def test_a_proposal_loads_and_names_its_doubts_once_in_full(tmp_path):
    made = list(files(folders.waves(tmp_path)).values())
    text = mapping_text(made)
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    loaded = load_mapping(str(tmp_path / "m.yaml"))
    assert {one.pattern for one in loaded} == {one.pattern for one in made}
    doubts = [line.partition(CONFIRM)[2] for line in text.splitlines() if CONFIRM in line]
    in_full = [doubt for doubt in doubts if doubt != "同上 / as above"]
    assert len(in_full) == len({*in_full}) < len(doubts)
    assert "# 未用的列 columns not used: food_consumption_weekly" in text


def test_columns_that_could_be_somebodys_data_are_not_named(tmp_path):
    (tmp_path / "a.csv").write_text("hhid,ea_id,income,13800001111\n1,2,3,4\n", encoding="utf-8")
    assert "13800001111" not in mapping_text(list(files(tmp_path).values()))


def test_the_row_of_the_header_and_the_sheet_are_said(tmp_path):
    folders.titled(tmp_path / "a.xlsx", {"hhid": 1, "ea_id": 2, "income": 3})
    text = mapping_text(list(files(tmp_path).values()))
    assert "  header: 2  # 表头上方有标题行 / a title stands above the header" in text


def test_a_wide_form_is_written_by_its_sources(tmp_path):
    (tmp_path / "a.csv").write_text("hhid,ea_id,wage,pension\n1,2,3,4\n", encoding="utf-8")
    text = mapping_text(list(files(tmp_path).values()))
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    (loaded,) = load_mapping(str(tmp_path / "m.yaml"))
    assert [record.name for record in loaded.records] == [
        "villages",
        "households",
        "income wage",
        "income pension",
    ]
