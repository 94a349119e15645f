"""Jobs of an array make a stage's counties beforehand; the stage takes what they made."""

from hashlib import sha256

import polars as pl
import pytest

from pipelines.stages import features
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet, write_parquet
from tests.pipelines.small_county import county

BUILT = HERE.features / "c1.parquet"


def pieces():
    return sorted((HERE.artifacts / "shards").rglob("*.parquet"))


def test_the_stage_writes_the_bytes_of_the_job_and_forgets_them(office, huitou):
    county(office)
    before = sha256(BUILT.read_bytes()).hexdigest()
    BUILT.unlink()
    assert huitou("shard", "features", "--index", 0) == 0
    (piece,) = pieces()
    assert sha256(piece.read_bytes()).hexdigest() == before
    features.main(HERE, load_params())
    assert sha256(BUILT.read_bytes()).hexdigest() == before
    assert pieces() == []


def test_the_stage_takes_what_lies_ready_and_nothing_made_for_other_dates(office, huitou):
    built = county(office)
    marked = built.with_columns(wage_income=pl.lit(7.0))
    for assignments, is_taken in (((), True), (("--set", "features.first_season=2021Q4"), False)):
        assert huitou("shard", "features", "--index", 0, *assignments) == 0
        write_parquet(pieces()[0], marked)
        features.main(HERE, load_params())
        assert read_parquet(BUILT).equals(marked if is_taken else built)


def test_of_two_shares_the_second_of_one_county_is_empty(office, huitou):
    county(office)
    assert huitou("shard", "features", "--index", 1, "--of", 2) == 0
    assert pieces() == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("train", "--index", 0),
            "shard: found 'train', allowed are features, explain; other stages are no work for an array",
        ),
        (
            ("features", "--index", 1),
            "shard --index: found 1, allowed is less than 1, the shares; begin to count at 0",
        ),
    ],
)
def test_what_is_no_share_of_a_stage_is_refused(office, huitou, capsys, arguments, message):
    county(office)
    assert huitou("shard", *arguments) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"huitou: {message}"
