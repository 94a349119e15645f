"""What DVC would refuse in its own words is refused in ours, before anything runs."""

import pytest

from pipelines.commands.run import refuse_unready
from register.errors import ParamsError, SourceError

LABEL = {"months": 12, "reading": "window", "resources_months": 12, "settle_months": 3}


def refusal_of(error, table="capacity.csv", outcome="falls_below_line", **source):
    params = {
        "season": "2025Q4",
        "label": {**LABEL, "outcome": outcome},
        "source": {"exported_on": None, **source},
        "privacy": {"pseudonymise": False},
        "watchlist": {"capacity": {"table": table}},
    }
    with pytest.raises(error) as refusal:
        refuse_unready(params)
    return str(refusal.value)


def test_an_outcome_that_is_none_is_refused_before_anything_runs():
    assert refusal_of(ParamsError, kind="simulator", path="x", outcome="poverty").startswith(
        "label.outcome: found 'poverty', allowed are falls_below_line, "
    )


def test_a_source_that_is_not_there_is_refused_by_its_kind(tmp_path):
    assert refusal_of(SourceError, kind="folder", path=f"{tmp_path}/x") == (
        f"{tmp_path}/x: no such folder; set source.path to the folder that holds the data"
    )
    assert refusal_of(SourceError, kind="sql", path=f"{tmp_path}/x") == (
        f"{tmp_path}/x: no such file; set source.path to the file that holds the database's URL"
    )


def test_a_day_without_quotes_is_refused():
    assert refusal_of(ParamsError, kind="simulator", path="x", exported_on=20251031) == (
        'source.exported_on: write the day in quotes, "YYYY-MM-DD"; DVC reads no dates'
    )


def test_a_table_of_visits_that_is_not_there_is_refused():
    assert refusal_of(ParamsError, kind="simulator", table="none.csv") == (
        "none.csv: not found; set watchlist.capacity.table to a CSV file place_id,visits"
    )
