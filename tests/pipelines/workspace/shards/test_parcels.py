"""What is packed in one process is opened in another, unchanged; what is large lies in a file until then."""

import pickle

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.risk.model import RiskModel
from pipelines.workspace.shards.parcels import SMALL, Parcel, on_the_way, opened_once, packed, work
from register.errors import HuitouError
from tests.pipelines.trained import fitted
from tests.shard_tasks import unforeseen, where


@given(value=st.recursive(st.integers() | st.text() | st.none(), st.lists, max_leaves=5))
def test_what_is_packed_is_opened_unchanged(tmp_path_factory, value):
    assert packed(value, tmp_path_factory.getbasetemp()).open() == value


def test_only_what_is_large_becomes_a_file(tmp_path):
    assert isinstance(packed(b"", tmp_path).content, bytes)
    assert list(tmp_path.iterdir()) == []
    large = packed(b"x" * SMALL, tmp_path)
    assert [large.content] == list(tmp_path.iterdir())
    assert large.open() == b"x" * SMALL


def test_a_model_risks_elsewhere_what_it_risks_here():
    model = fitted(["resources_over_line", "wage_income"], 2.0)
    other = pickle.loads(pickle.dumps(model))
    frame = pl.DataFrame(
        {"resources_over_line": [1.0, 1.5, None], "wage_income": [0.0, 9e3, 2e4]}
    ).to_pandas()
    assert isinstance(other, RiskModel)
    assert (other.predict_proba(frame) == model.predict_proba(frame)).all()


def test_what_is_shared_is_opened_once():
    parcel = Parcel(pickle.dumps(["what all counties share"]))
    assert opened_once(parcel) is opened_once(Parcel(parcel.content))


def test_work_gives_a_parcel_back(tmp_path):
    parcel = work(where, packed("c1", tmp_path), packed("shared", tmp_path), tmp_path)
    assert parcel.open()[:2] == ("c1", "shared")


def test_a_failure_says_where_it_was_before_it_goes_elsewhere(tmp_path):
    with pytest.raises(HuitouError, match=r"^shard_tasks.py line \d+: unexpected KeyError; repeat with "):
        work(unforeseen, packed("c1", tmp_path), packed({}, tmp_path), tmp_path)


def test_the_folder_of_a_walk_is_the_owners_and_goes_with_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with on_the_way() as folder:
        assert folder.is_absolute()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
