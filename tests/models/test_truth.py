"""Evaluation reads the truth as it was sealed, and ranks models beside it."""

from datetime import date

import polars as pl
import pytest

from models.truth import beside_the_oracle, read_truth, rule_precision
from register.atomic import sha256, write_json, write_parquet
from register.errors import StoreError

DAY = date(2024, 6, 30)
RISK = pl.DataFrame(
    {"household_id": ["a", "b", "c", "d"], "as_of_date": [DAY] * 4, "risk": [0.9, 0.5, 0.1, 0.1]}
).with_columns(told_risk="risk")


def sealed(folder):
    path = folder / "530901" / "risk.parquet"
    write_parquet(path, RISK)
    write_json(folder / "manifest.json", {"530901/risk.parquet": {"rows": 4, "sha256": sha256(path)}})
    return path


def test_the_truth_is_read_under_the_registers_ids(tmp_path):
    sealed(tmp_path)
    assert read_truth(tmp_path, "risk").equals(RISK)
    assert read_truth(tmp_path, "risk", str.upper)["household_id"].to_list() == ["A", "B", "C", "D"]


def test_a_source_without_truth_says_so(tmp_path):
    with pytest.raises(StoreError) as caught:
        read_truth(tmp_path, "risk")
    assert str(caught.value) == (
        f"{tmp_path}/manifest.json: no truth found; only a simulated prefecture has one (huitou simulate)"
    )


def test_a_changed_truth_is_refused(tmp_path):
    path = sealed(tmp_path)
    write_parquet(path, RISK.head(2))
    with pytest.raises(StoreError) as caught:
        read_truth(tmp_path, "risk")
    assert str(caught.value) == (
        f"{path}: missing or changed since it was simulated; run huitou simulate again"
    )


def test_models_and_oracle_rank_the_same_households():
    # The last household has no true risk, and the one before no label: neither counts.
    judged = pl.DataFrame(
        {
            "household_id": ["a", "b", "c", "d", "e"],
            "as_of_date": [DAY] * 5,
            "label": [True, False, False, None, True],
            "model": [0.2, 0.3, 0.1, 0.4, 0.5],
        }
    )
    found = beside_the_oracle(judged, RISK, ["model"])
    assert found["ranking"].to_list() == ["risk", "told_risk", "model"]
    assert found["auc"].to_list() == [1.0, 1.0, 0.5]
    assert found["n"].to_list() == [3, 3, 3]


def test_a_rule_is_as_precise_as_the_falls_of_those_it_names():
    marked = pl.DataFrame({"label": [True, False, False, False, None], "paid": [3.0, 2.0, 2.0, 0.5, 9.0]})
    found = rule_precision(marked, {"dear": {"paid": 2.0}, "never": {"paid": 10.0}})
    assert found.rows() == [("dear", 3, 0.3333), ("never", 0, None)]
