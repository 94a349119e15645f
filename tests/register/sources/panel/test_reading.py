"""Files are found by the names of waves; a column that is not there is refused by name."""

import polars as pl
import pytest

from register.errors import ContractError, SourceError
from register.sources.panel.layout import FileLayout
from register.sources.panel.reading import facts_of, read_rows
from register.sources.panel.waves import waves_of

WAVES = waves_of("panel.yaml", {"2009": ("2009", ("09",)), "2010": ("2010", ("10",))})


def layout(**entries):
    return FileLayout.of({"path": "homes.csv", "household": "hh", "amount": "spent", **entries}, "files")


def rows_of(folder, **entries):
    return list(read_rows(folder, layout(**entries), WAVES))


def test_a_file_a_wave_may_bear_another_name_of_it(tmp_path):
    for name in ("09", "2010"):
        (tmp_path / f"homes_{name}.csv").write_text("hh,spent,w09,w10\n1.0,5,1,2\n", encoding="utf-8")
    rows = rows_of(tmp_path, path="homes_{wave}.csv", weight="w{wave}")
    assert [(one.file, one.wave.name, one.cells["weight"].column) for one in rows] == [
        ("homes_09.csv", "2009", "w09"),
        ("homes_2010.csv", "2010", "w10"),
    ]
    assert rows[0].frame["household:"].to_list() == ["1"]


def test_a_column_says_the_wave_of_a_row_and_its_capitals_do_not_matter(tmp_path):
    (tmp_path / "homes.csv").write_text(
        "HH,Round,spent\n1,2009.0,5\n2,10,6\n3,1999,7\n,10,8\n", encoding="utf-8"
    )
    rows = rows_of(tmp_path, wave="round")
    assert [one.frame["household:"].to_list() for one in rows] == [["1"], ["2"]]


def test_a_wide_row_is_of_the_waves_that_it_tells_something_of(tmp_path):
    (tmp_path / "homes.csv").write_text("hh,spent_09,spent_10,place\n1,5,NA,a\n2,,6,b\n", encoding="utf-8")
    rows = rows_of(tmp_path, amount="spent_{wave}", area="place")
    assert [one.frame["household:"].to_list() for one in rows] == [["1"], ["2"]]


def test_rows_are_kept_and_left_out_by_what_a_column_says(tmp_path):
    """Of an interview that was refused, weight 0, the income is no income."""
    (tmp_path / "homes.csv").write_text(
        "hh,spent,done,w\n1,5,1,3\n2,6,1,0\n3,7,2.0,3\n4,8,,3\n", encoding="utf-8"
    )
    kept = rows_of(tmp_path, only="2009", keep={"done": [1, 2]}, leave_out={"w": [0]})
    assert kept[0].frame["household:"].to_list() == ["1", "3"]


def test_numbers_lose_their_zeros_where_a_mapping_says_so(tmp_path):
    (tmp_path / "homes.csv").write_text("hh,part,spent\n007,0,5\n010,01,6\n", encoding="utf-8")
    kept = rows_of(tmp_path, only="2009", household=["hh", "part"], drop_zeros=True)
    assert kept[0].frame["household:"].to_list() == ["7-0", "10-1"]


def test_facts_are_named_by_what_they_tell():
    made = facts_of(
        layout(amount={"wage": "w", "crop": ["a", "b"]} | {"crop": {"add": ["a", "b"]}}, size="n")
    )
    assert list(made) == ["size", "amount.wage", "amount.crop"]


@pytest.mark.parametrize(
    ("entries", "error", "sentence"),
    [
        (
            {"amount": "spend"},
            ContractError,
            (
                "homes.csv: mapped column 'spend' is missing, found are ['hh', 'spent', 'round']; mend the "
                "mapping"
            ),
        ),
        (
            {"amount": "spent_{wave}"},
            ContractError,
            "homes.csv: mapped column 'spent_{wave}' is there for no wave",
        ),
        (
            {"wave": "round"},
            ContractError,
            (
                "homes.csv: no row is of any wave ['2009', '2010']; mend `wave`, or add what the file calls "
                "them to waves.NAME.called"
            ),
        ),
        (
            {"path": "house.csv"},
            SourceError,
            "/house.csv: no such file, found are ['homes.csv']; mend files.path",
        ),
    ],
)
def test_what_is_not_there_is_refused_by_name(tmp_path, entries, error, sentence):
    (tmp_path / "homes.csv").write_text("hh,spent,round\n1,5,3\n", encoding="utf-8")
    with pytest.raises(error) as refused:
        rows_of(tmp_path, **entries)
    assert sentence in str(refused.value)


def test_of_a_stata_file_only_mapped_columns_are_read(tmp_path):
    """Two codes of one label in a column that nobody maps must not stop a researcher."""
    import pyreadstat

    frame = pl.DataFrame({"hh": [1, 2], "spent": [5.5, 6.0], "job": [1.0, 2.0]})
    pyreadstat.write_dta(
        frame, tmp_path / "homes.dta", variable_value_labels={"job": {1: "other", 2: "other"}}
    )
    (rows,) = read_rows(tmp_path, layout(path="homes.dta", only="2009"), WAVES[:1])
    assert rows.frame.columns == ["hh", "spent", "household:"]
