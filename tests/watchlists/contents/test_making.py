"""All tables are written, of files whose rows they hold: the same bytes whatever the order of rows."""

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import StoreError
from tests.watchlists.contents_made import files_of, planned, release_with_data, row_of, write_data
from watchlists.contents.making import rows_of_files, write_contents
from watchlists.contents.schema import SCHEMA_FILE, release_schema
from watchlists.release.database import DATABASE
from watchlists.release.store import BOARDS, LISTED, SCORES


def made(folder, files):
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    rows = write_data(folder, files)
    return rows, {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31))
def test_rows_in_any_order_are_the_same_bytes(tmp_path, seed):
    files = files_of()
    mixed = {name: rows.sample(fraction=1.0, shuffle=True, seed=seed) for name, rows in files.items()}
    assert made(tmp_path / "a", files) == made(tmp_path / "b", mixed)


def test_one_more_household_is_another_file(tmp_path):
    more = files_of(*(row_of(f"H{n}", n) for n in range(1, 5)))
    assert made(tmp_path / "a", files_of())[1][DATABASE] != made(tmp_path / "b", more)[1][DATABASE]


def test_it_is_sealed_with_the_rest_counted_and_nobody_may_write_to_it(tmp_path):
    release = release_with_data(tmp_path)
    files = release.manifest["files"]
    assert files[DATABASE]["rows"] > 3 * 3
    assert files[SCHEMA_FILE]["rows"] is None
    modes = {(release.folder / name).stat().st_mode & 0o777 for name in (DATABASE, SCHEMA_FILE)}
    assert modes == {0o400}
    assert json.loads((release.folder / SCHEMA_FILE).read_bytes()) == release_schema()


def test_evidence_and_trials_are_rows_of_their_own_in_their_order():
    rows = rows_of_files(files_of(row_of("H1", 1)))
    assert rows["evidence"]["feature"].to_list() == ["own_payment_over_needs_12m", "n_past_falls"]
    assert rows["evidence"]["position"].to_list() == [0, 1]
    assert rows["trials"]["lever"].to_list() == ["medical_aid", "public_post", "safe_water"]
    assert not {"evidence", "trials"} & {*rows["explanations"].columns}


def test_a_household_without_evidence_has_no_row_of_it():
    files = files_of(row_of("H1", 1))
    name = "explanations.parquet"
    files[name] = files[name].with_columns(pl.col("evidence").list.head(0), trials=None)
    rows = rows_of_files(
        {name: files[name].with_columns(pl.col("trials").cast(files_of()[name].schema["trials"]))}
    )
    assert (len(rows["evidence"]), len(rows["trials"])) == (0, 0)


@pytest.mark.parametrize("name", [LISTED, SCORES, BOARDS])
def test_a_column_that_nobody_declared_is_not_published(tmp_path, name):
    files = files_of()
    with pytest.raises(StoreError) as refused:
        write_contents(
            tmp_path, {**files, name: files[name].with_columns(phone=1)}, planned(files[LISTED]), {}
        )
    assert "found columns ['phone'] lacking, not declared or in another order" in str(refused.value)
