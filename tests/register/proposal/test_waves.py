"""When rows were known: a column of days, a folder's name, a year; or nothing says it."""

from datetime import date

import pytest

from register.proposal.columns import Columns
from register.proposal.waves import known_on, months_to_read, series_of, successors
from tests.register.proposal import folders


def known(folder, path, text):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    one = folders.only_look(folder)
    return known_on(one, Columns(one))


@pytest.mark.parametrize(
    ("path", "text", "pattern", "cell", "day"),
    [
        ("a.csv", "hhid,interview_date\n1,2010-03-04\n", "a.csv", "interview_date", None),
        (
            "2025-10-31/a.csv",
            "hhid\n1\n",
            "{exported_on}/a.csv",
            {"given": "exported_on"},
            date(2025, 10, 31),
        ),
        ("a_20251031.csv", "hhid\n1\n", "a_20251031.csv", {"constant": "2025-10-31"}, date(2025, 10, 31)),
        ("a.csv", "hhid,year\n1,2010\n", "a.csv", {"from": "year", "date": "YYYY", "day": "last"}, None),
        ("a_2009.csv", "hhid\n1\n", "a_2009.csv", {"constant": "2009-12-31"}, date(2009, 12, 31)),
        ("a.csv", "hhid\n1\n", "a.csv", {"given": "exported_on"}, None),
    ],
)
def test_the_day_is_read_where_it_stands(tmp_path, path, text, pattern, cell, day):
    one = known(tmp_path, path, text)
    assert (one.pattern, one.cell, one.day) == (pattern, cell, day)


def test_a_wave_holds_until_the_next_of_its_own_series(tmp_path):
    names = ["a_2009.csv", "a_2011.csv", "b_2010.csv"]
    by_path = {name: known(tmp_path / name[:-4], name, "hhid\n1\n") for name in names}
    assert successors(by_path) == {"a_2009.csv": date(2011, 12, 31)}
    assert series_of("2025-10-31/a_2009.csv") == "*/a_*.csv"


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (["2010-10-13", "2013-11-02"], 3),
        (["2010-12-31", "2011-12-31"], 1),
        (["2010-10-31", "2010-11-30"], 1),
        (["2010-10-13"], 3),
    ],
)
def test_interviews_of_any_day_are_looked_for_in_the_whole_quarter(tmp_path, days, months):
    rows = "".join(f"1,{day}\n" for day in days)
    (tmp_path / "a.csv").write_text(f"hhid,interview_date\n{rows}", encoding="utf-8")
    columns = Columns(folders.only_look(tmp_path))
    assert months_to_read(columns, known_on(columns.look, columns), "hhid") == months
