"""Stata and SPSS files come in as text, their codes as labels, their days as days."""

from datetime import time

import pandas as pd
import polars as pl
import pyreadstat
import pytest

from register.errors import SourceError
from register.sources.files import read_sheet
from register.sources.folder import FolderSource
from register.sources.labelled import questions
from tests.households import household, village_tables

#: Wang is asked on 3 November 2010 and earns 1.5; Li refuses; the third has a code without a label.
PEOPLE = pd.DataFrame(
    {
        "hhid": [101300020106, 2, 3],
        "sex": [1.0, 2.0, 9.0],
        "day": pd.to_datetime(["2010-11-03", "2010-11-04", None]),
        "income": [1.5, None, 9e9],
        "name": ["王", "", " 李 "],
    }
)
LABELS = {"sex": {1: "male", 2: "female"}}


def stata(path, frame=PEOPLE, **options):
    frame.to_stata(path, write_index=False, **{"version": 118, "value_labels": LABELS, **options})
    return path


def spss(path, frame=PEOPLE, labels=LABELS, **options):
    days = {"day": frame["day"].dt.date} if "day" in frame else {}
    pyreadstat.write_sav(frame.assign(**days), path, variable_value_labels=labels, **options)
    return path


def read(path):
    return read_sheet(path, path.read_bytes())


@pytest.mark.parametrize("write", [stata, spss])
def test_codes_come_as_labels_days_as_days_and_nothing_is_added(tmp_path, write):
    sheet = read(write(tmp_path / ("a.dta" if write is stata else "a.sav")))
    assert sheet.frame.rows() == [
        ("101300020106", "male", "2010-11-03", "1.5", "王"),
        ("2", "female", "2010-11-04", None, None),
        ("3", "9", None, "9000000000", " 李 " if write is stata else " 李"),
    ]
    assert sheet.kinds["sex"].to_list() == ["text", "text", "number"]
    assert sheet.kinds["day"].to_list() == ["date", "date", None]
    assert sheet.kinds["hhid"].to_list() == ["number"] * 3
    assert sheet.rows.to_list() == [2, 3, 4]


@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_every_version_that_pandas_writes_is_read(tmp_path, version):
    path = stata(tmp_path / "a.dta", PEOPLE.drop(columns="name"), version=version)
    assert read(path).frame.shape == (3, 4)


def test_missing_values_that_spss_declares_are_missing(tmp_path):
    path = spss(tmp_path / "a.sav", missing_ranges={"sex": [9]})
    assert read(path).frame["sex"].to_list() == ["male", "female", None]


def test_what_a_column_is_about_can_be_asked(tmp_path):
    path = spss(tmp_path / "a.sav", column_labels={"hhid": "Household", "income": "Total income"})
    assert questions(path, path.read_bytes()) == {"hhid": "Household", "income": "Total income"}


def test_two_codes_of_one_label_are_refused_as_they_could_not_be_told_apart(tmp_path):
    path = spss(tmp_path / "a.sav", labels={"sex": {1: "person", 2: "person", 9: "x"}})
    with pytest.raises(SourceError) as refusal:
        read(path)
    assert str(refusal.value) == (
        f"{path}: column sex: 1 of its labels stand for several codes each, the first for ['1', '2']; "
        "give every code a label of its own"
    )


def test_times_of_day_are_refused_by_the_name_of_their_column(tmp_path):
    path = spss(tmp_path / "a.sav", PEOPLE.assign(came_at=time(8, 30)))
    with pytest.raises(SourceError) as refusal:
        read(path)
    assert str(refusal.value) == (
        f"{path}: columns ['came_at'] hold times of day; drop them or write them as text"
    )


@pytest.mark.parametrize(("suffix", "program"), [(".dta", "Stata"), (".sav", "SPSS")])
def test_a_cut_file_is_refused(tmp_path, suffix, program):
    path = (stata if suffix == ".dta" else spss)(tmp_path / f"a{suffix}")
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(SourceError, match=f"not a whole {program} file \\(\\w+\\); ask for it again"):
        read(path)


def test_a_file_under_another_name_is_refused_by_its_kind(tmp_path):
    path = stata(tmp_path / "a.dta").rename(tmp_path / "a.csv")
    with pytest.raises(SourceError, match="it is a Stata file; give its name the ending \\.dta"):
        read(path)


def test_more_cells_than_memory_holds_are_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("register.sources.labelled.MAX_ROWS", 2)
    path = stata(tmp_path / "a.dta")
    with pytest.raises(SourceError, match="expands to 3 rows of 5 columns, allowed are 2 rows"):
        read(path)


def test_column_names_are_held_to_the_rules_of_a_header(tmp_path):
    path = spss(tmp_path / "a.sav", pd.DataFrame({"a": [1.0], "A1": [2.0]}), labels=None)
    assert read(path).frame.columns == ["a", "A1"]


def test_a_folder_of_register_tables_may_hold_stata_files(tmp_path):
    """Wu's household, every table as a .dta."""
    for name, frame in village_tables(household("wu", income=900)).items():
        (tmp_path / "C1").mkdir(exist_ok=True)
        text = frame.cast(pl.String).select(one.name for one in frame if one.null_count() == 0)
        pd.DataFrame(text.to_dict(as_series=False)).to_stata(tmp_path / f"C1/{name}.dta", write_index=False)
    source = FolderSource(tmp_path)
    assert source.counties() == ["C1"]
    assert {one.name: len(one.frame) for one in source.tables("C1")} == {
        "villages": 1,
        "households": 1,
        "members": 1,
        "income": 36,
    }
