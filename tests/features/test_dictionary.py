from features.declaration import GROUPS, declared_features
from features.dictionary import data_dictionary


def test_every_feature_has_one_row_in_the_section_of_its_cause():
    sections = data_dictionary().split("\n## ")[1:]
    assert [section.splitlines()[0] for section in sections] == list(GROUPS)
    for one in declared_features():
        rows = [row for row in sections[GROUPS.index(one.group)].splitlines() if f"`{one.name}`" in row]
        assert len(rows) == 1, one.name
        assert one.zh in rows[0]
        assert one.en in rows[0]


def test_a_row_says_unit_bounds_direction_and_source():
    row = next(row for row in data_dictionary().splitlines() if "`mean_education`" in row)
    assert row.split(" | ")[3:7] == ["years", "0 … 16", "↓", "members"]
    assert row.endswith("| DOMAIN 2.3: remaining poor mostly with primary school [S48] |")


def test_every_row_has_as_many_cells_as_the_head():
    rows = [row for row in data_dictionary().splitlines() if row.startswith("|")]
    assert {row.count("|") for row in rows} == {9}
